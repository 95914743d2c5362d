import ListValues
import ServerKernel

/// `LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len]`
enum LPOS: RedisCommand {
  static let spec = CommandSpec(
    "lpos", arity: -3, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.list],
    group: .list, since: "6.0.6",
    complexity:
      "O(N) where N is the number of elements in the list, for the average case. When searching for elements "
      + "near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in "
      + "constant time.",
    summary: "Return the index of matching elements on a list",
    arguments: [
      .key(),
      .string("element"),
      .integer("rank", .optional, token: "RANK"),
      .integer("num-matches", .optional, token: "COUNT"),
      .integer("len", .optional, token: "MAXLEN")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try Options(call)
    let reply = context.reply
    guard let list = try context.db.value(ListValue.self, call[1]) else {
      return if options.count == nil { reply.null() } else { reply.array(0) }
    }
    var found = 0
    let positions = options.count == nil ? nil : reply.deferredArray()
    let limit = options.maxLength == 0 ? Int.max : options.maxLength
    list.value.forEachPosition(of: call[2], limit: limit, fromEnd: options.fromEnd) { position in
      found += 1
      if found < options.firstMatch { return true }
      reply.integer(position)
      guard let count = options.count else { return false }
      return count == 0 || found - options.firstMatch + 1 < count
    }
    let replied = max(0, found - options.firstMatch + 1)
    if let positions {
      reply.finish(positions, count: replied)
    } else if replied == 0 {
      reply.null()
    }
  }

  private struct Options {
    /// The number of the first match that counts, from 1 on.
    var firstMatch = 1
    var fromEnd = false
    /// Nil without `COUNT`; 0 for all.
    var count: Int?
    /// How many elements are looked at; 0 for all.
    var maxLength = 0

    init(_ call: borrowing Call) throws(CommandError) {
      var index = 3
      var hasOpposite = true
      while index < call.count {
        guard index + 1 < call.count else { throw .syntax }
        if call.matches(index, "RANK") {
          let rank = try call.integer(index + 1)
          hasOpposite = rank != .min
          firstMatch = hasOpposite ? Int(rank.magnitude) : 1
          fromEnd = rank < 0
          if rank == 0 {
            throw .literal(
              """
              ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to \
              start from the end of the list
              """)
          }
        } else if call.matches(index, "COUNT") {
          count = try Self.natural(call, index + 1, or: "ERR COUNT can't be negative")
        } else if call.matches(index, "MAXLEN") {
          maxLength = try Self.natural(call, index + 1, or: "ERR MAXLEN can't be negative")
        } else {
          throw .syntax
        }
        index += 2
      }
      // Redis negates a negative rank. The smallest number stays what it is, so no match is before it, none beyond.
      if !hasOpposite, count != nil { count = 0 }
    }

    private static func natural(
      _ call: borrowing Call, _ index: Int, or refusal: StaticString
    ) throws(CommandError) -> Int {
      guard let number = call[index].integer, number >= 0 else { throw .literal(refusal) }
      return Int(number)
    }
  }
}
