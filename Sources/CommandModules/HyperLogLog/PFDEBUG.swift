import Containers
import ServerKernel

/// `PFDEBUG GETREG | DECODE | ENCODING | TODENSE key`
enum PFDEBUG: RedisCommand {
  static let spec = CommandSpec(
    "pfdebug", arity: 3, flags: [.write, .denyOOM, .admin],
    keys: [.one([.readWrite, .access], at: 2)],
    categories: [.hyperLogLog, .admin, .dangerous],
    group: .hyperLogLog, since: "2.8.9", complexity: "N/A",
    summary: "Internal commands for debugging HyperLogLog values",
    arguments: [
      .string("subcommand"),
      .key(),
    ],
    isSystem: true)

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let encoding = try encoding(call[2], context)
    if call.matches(1, "GETREG") {
      if encoding == .sparse { try makeDense(call[2], &context) }
      try replyRegisters(call[2], context)
    } else if call.matches(1, "DECODE") {
      if encoding != .sparse { throw .literal("ERR HLL encoding is not sparse") }
      try replyRuns(call[2], context)
    } else if call.matches(1, "ENCODING") {
      context.reply.simple(encoding == .dense ? "dense" : "sparse")
    } else if call.matches(1, "TODENSE") {
      if encoding == .sparse { try makeDense(call[2], &context) }
      context.reply.integer(encoding == .sparse ? 1 : 0)
    } else {
      throw .text("ERR Unknown PFDEBUG subcommand '\(call[1], limit: 128)'")
    }
  }

  private static func encoding(
    _ key: borrowing Bytes, _ context: borrowing Context
  ) throws(CommandError) -> HyperLogLog.Encoding {
    guard let value = try context.db.stringForUpdate(key) else {
      throw .literal("ERR The specified key does not exist")
    }
    return try HyperLogLogCommands.encoding(of: value)
  }

  private static func makeDense(_ key: borrowing Bytes, _ context: inout Context) throws(CommandError) {
    try context.db.editString(key) { string, change throws(CommandError) in
      if !HyperLogLog.makeDense(&string) { throw .corruptedHyperLogLog }
      change.record(.none)
    }
  }

  private static func replyRegisters(_ key: borrowing Bytes, _ context: borrowing Context) throws(CommandError) {
    guard let value = try context.db.stringForUpdate(key) else { return }
    context.reply.array(HyperLogLog.registerCount)
    for index in 0..<HyperLogLog.registerCount {
      context.reply.integer(Int(HyperLogLog.denseRegister(index, of: value.storedBytes)))
    }
  }

  /// The runs of registers: `z` and `Z` for zeros in the short and the long spelling, `v` for a value.
  private static func replyRuns(_ key: borrowing Bytes, _ context: borrowing Context) throws(CommandError) {
    guard let value = try context.db.stringForUpdate(key) else { return }
    var text = ByteBuffer()
    HyperLogLog.forEachRun(of: value.storedBytes) { run in
      if !text.isEmpty { text.append(" ") }
      switch run {
      case .zeros(let count):
        text.append("z:")
        text.append(decimal: Int64(count))
      case .manyZeros(let count):
        text.append("Z:")
        text.append(decimal: Int64(count))
      case .values(let value, let count):
        text.append("v:")
        text.append(decimal: Int64(value))
        text.append(",")
        text.append(decimal: Int64(count))
      }
    }
    context.reply.bulk(text.bytes)
  }
}
