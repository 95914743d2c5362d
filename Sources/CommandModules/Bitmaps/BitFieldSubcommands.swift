import Containers
import ServerKernel

/// The subcommands of a call of BITFIELD, which were all found to be well-formed.
///
/// They are read off the arguments twice, once to check them and once to carry them out, and need no memory.
struct BitFieldSubcommands {
  /// Reads one after the other.
  struct Reader {
    fileprivate let stringCountMax: Int
    private var index = 2
    private var overflow = BitFieldOverflow.wrap

    fileprivate init(stringCountMax: Int) { self.stringCountMax = stringCountMax }

    /// The next subcommand; nil when there is none left.
    mutating func next(_ call: borrowing Call) throws(CommandError) -> BitFieldSubcommand? {
      while index < call.count {
        let rest = call.count - index - 1
        if call.matches(index, "GET") && rest >= 2 { return try subcommand(call, .get) }
        if call.matches(index, "SET") && rest >= 3 { return try subcommand(call, .set(0)) }
        if call.matches(index, "INCRBY") && rest >= 3 { return try subcommand(call, .increment(0)) }
        guard call.matches(index, "OVERFLOW") && rest >= 1 else { throw .syntax }
        try readOverflow(call)
      }
      return nil
    }

    private mutating func readOverflow(_ call: borrowing Call) throws(CommandError) {
      if call.matches(index + 1, "WRAP") {
        overflow = .wrap
      } else if call.matches(index + 1, "SAT") {
        overflow = .saturate
      } else if call.matches(index + 1, "FAIL") {
        overflow = .fail
      } else {
        throw .literal("ERR Invalid OVERFLOW type specified")
      }
      index += 2
    }

    private mutating func subcommand(
      _ call: borrowing Call, _ kind: BitFieldSubcommand.Action
    ) throws(CommandError) -> BitFieldSubcommand {
      let type = try BitFieldType(call[index + 1])
      let offset = try call.bitOffset(index + 2, width: type.width, stringCountMax: stringCountMax)
      var action = kind
      switch kind {
      case .get: break
      case .set: action = .set(try call.integer(index + 3))
      case .increment: action = .increment(try call.integer(index + 3))
      }
      if case .get = kind { index += 3 } else { index += 4 }
      return BitFieldSubcommand(action: action, type: type, offset: offset, overflow: overflow)
    }
  }

  /// A reader at the first of them.
  let start: Reader
  /// How many there are.
  private(set) var count = 0
  /// The last bit of all fields that may be written; nil when all are just read.
  private(set) var lastWritten: Int?

  /// Checks all arguments behind the key.
  init(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) {
    start = Reader(stringCountMax: context.stringCountMax)
    var each = start
    while let subcommand = try each.next(call) {
      count += 1
      if case .get = subcommand.action { continue }
      lastWritten = max(lastWritten ?? 0, subcommand.lastBit)
    }
  }

  /// Replies to subcommands that just read; a key that is absent holds zeros.
  func reply(to call: borrowing Call, _ context: borrowing Context) throws(CommandError) {
    if let value = try context.db.string(call[1]) {
      try value.withText { text throws(CommandError) in try reply(to: call, context.reply, text) }
    } else {
      try reply(to: call, context.reply, Bytes(""))
    }
  }

  private func reply(to call: borrowing Call, _ reply: Reply, _ text: borrowing Bytes) throws(CommandError) {
    reply.array(count)
    var each = start
    while let subcommand = try each.next(call) { reply.integer(subcommand.read(text)) }
  }
}
