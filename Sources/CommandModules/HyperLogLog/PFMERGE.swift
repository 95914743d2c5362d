import Containers
import ServerKernel

/// `PFMERGE destkey [sourcekey ...]`
enum PFMERGE: RedisCommand {
  static let spec = CommandSpec(
    "pfmerge", arity: -2, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .access, .insert]), .all([.readOnly, .access], from: 2)],
    categories: [.hyperLogLog],
    group: .hyperLogLog, since: "2.8.9", complexity: "O(N) to merge N HyperLogLogs, but with high constant times.",
    summary: "Merge N different HyperLogLogs into a single one.",
    arguments: [
      .key("destkey"),
      // A correction of what Redis 7.0 documents, as later versions made it.
      .key("sourcekey", 1, [.optional, .multiple]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let registers = try union(of: 1..<call.count, call, context)
    let sparseMax = HyperLogLogs.sparseMax.value
    try context.db.editString(call[1]) { string, change throws(CommandError) in
      if string.isEmpty { HyperLogLog.initialize(&string) }
      if registers.isDense {
        HyperLogLog.store(registers, in: &string)
      } else {
        HyperLogLog.raise(&string, to: registers, sparseMax: sparseMax)
      }
      HyperLogLog.invalidateCache(in: &string)
      change.record(.string("pfadd"))
    }
    context.reply.ok()
  }
}
