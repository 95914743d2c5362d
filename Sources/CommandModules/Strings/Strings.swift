import ServerKernel
import Containers

public enum Strings: CommandModule {
  public static var commands: [any RedisCommand.Type] { [GET.self, SET.self, INCR.self] }
}
enum GET: RedisCommand {
  static let spec = CommandSpec("get", arity: 2, flags: [.readOnly, .fast], keys: [.one([.readOnly, .access])], group: .string, since: "1.0.0", complexity: "O(1)", summary: "", arguments: [.key()])
  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let value = try context.db.string(call[1]) else { return context.reply.null() }
    context.reply.bulk(value)
  }
}
enum SET: RedisCommand {
  static let spec = CommandSpec("set", arity: -3, flags: [.write, .denyOOM], keys: [.one([.readOnly, .access])], group: .string, since: "1.0.0", complexity: "O(1)", summary: "", arguments: [.key(), .string("value")])
  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.db.setString(call[1], call[2])
    context.reply.ok()
  }
}
enum INCR: RedisCommand {
  static let spec = CommandSpec("incr", arity: 2, flags: [.write, .denyOOM], keys: [.one([.readOnly, .access])], group: .string, since: "1.0.0", complexity: "O(1)", summary: "", arguments: [.key()])
  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var value: Int64 = 0
    if let old = try context.db.stringForUpdate(call[1]) {
      guard let number = old.integer else { throw .notInteger }
      value = number
    }
    let (sum, overflow) = value.addingReportingOverflow(1)
    if overflow { throw .literal("ERR increment or decrement would overflow") }
    context.db.setInteger(call[1], sum, event: .string("incrby"))
    context.reply.integer(sum)
  }
}
