import HashValues
import ServerKernel

/// Commands on hashes that Redis does not have.
public enum HashExtras: CommandModule {
  public static var commands: [any RedisCommand.Type] { [HSUM.self] }

  // The module of Redis' own commands on hashes adds the type as well, and may be absent.
  public static func register(in registry: Registry) { registry.add(HashValue.self) }
}

/// `HSUM key`: the sum of a hash's values.
enum HSUM: RedisCommand {
  static let spec = CommandSpec(
    "hsum", arity: 2, flags: [.readOnly], keys: [.one([.readOnly, .access])], categories: [.hash],
    group: .hash, since: "7.0.0", complexity: "O(N) where N is the size of the hash.",
    summary: "Returns the sum of the integer values of a hash's fields.",
    arguments: [.key()])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let hash = try context.db.value(HashValue.self, call[1]) else { return context.reply.integer(0) }
    var total = Result<Int64, CommandError>.success(0)
    hash.value.forEach { _, value in
      if case .success(let sum) = total { total = add(value, to: sum) }
    }
    context.reply.integer(try total.get())
  }

  private static func add(_ value: borrowing PackedElement, to sum: Int64) -> Result<Int64, CommandError> {
    guard let integer = value.integer else { return .failure(.literal("ERR hash value is not an integer")) }
    let (sum, overflow) = sum.addingReportingOverflow(integer)
    return overflow ? .failure(.literal("ERR the sum would overflow")) : .success(sum)
  }
}
