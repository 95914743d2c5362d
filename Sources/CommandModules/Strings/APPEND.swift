import ServerKernel

/// `APPEND key value`
enum APPEND: RedisCommand {
  static let spec = CommandSpec(
    "append", arity: 3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.string],
    group: .string, since: "2.0.0",
    complexity:
      "O(1). The amortized time complexity is O(1) assuming the appended value is small and the already present "
      + "value is of any size, since the dynamic string library used by Redis will double the free space available "
      + "on every reallocation.",
    summary: "Append a value to a key",
    arguments: [
      .key(),
      .string("value")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let count = try context.db.stringForUpdate(call[1])?.count
    guard let count else {
      // A new string, which may be stored as an integer.
      context.db.setString(call[1], call[2], event: .string("append"))
      return context.reply.integer(call[2].count)
    }
    try checkStringLength(count, call[2].count, context)
    let newCount = try context.db.editString(call[1]) { buffer, change throws(CommandError) in
      buffer.append(call[2])
      change.record(.string("append"))
      return buffer.count
    }
    context.reply.integer(newCount)
  }
}
