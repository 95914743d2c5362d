import Containers
import ServerKernel

/// `PFADD key [element ...]`
enum PFADD: RedisCommand {
  static let spec = CommandSpec(
    "pfadd", arity: -2, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.hyperLogLog],
    group: .hyperLogLog, since: "2.8.9", complexity: "O(1) to add every element.",
    summary: "Adds the specified elements to the specified HyperLogLog.",
    arguments: [
      .key(),
      .string("element", [.optional, .multiple]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let key = call[1]
    let sparseMax = HyperLogLogs.sparseMax.value
    if let value = try context.db.stringForUpdate(key) {
      if try encoding(of: value) == .sparse && call.count > 3 && !HyperLogLog.isWhole(value.storedBytes) {
        // An element may fail after others were added, so the damaged string is tried on a copy.
        var copy = ByteBuffer()
        copy.append(value.storedBytes)
        _ = try add(call, to: &copy, sparseMax)
      }
    }
    let updates = try context.db.editString(key) { string, change throws(CommandError) -> Int in
      let isNew = string.isEmpty
      if isNew { HyperLogLog.initialize(&string) }
      let updates = try add(call, to: &string, sparseMax) + (isNew ? 1 : 0)
      if updates > 0 { HyperLogLog.invalidateCache(in: &string) }
      change.record(.string("pfadd"), by: updates)
      return updates
    }
    context.reply.integer(updates > 0 ? 1 : 0)
  }

  /// Adds the elements; how many of them changed a register.
  private static func add(
    _ call: borrowing Call, to string: inout ByteBuffer, _ sparseMax: Int
  ) throws(CommandError) -> Int {
    var updates = 0
    for index in 2..<call.count {
      switch HyperLogLog.add(call[index], to: &string, sparseMax: sparseMax) {
      case .changed: updates += 1
      case .unchanged: break
      case .corrupted: throw .corruptedHyperLogLog
      }
    }
    return updates
  }
}
