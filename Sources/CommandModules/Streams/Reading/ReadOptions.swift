import Containers
import ServerKernel
import StreamValues

/// The arguments that XREAD and XREADGROUP have in common: options, and `STREAMS key [key ...] id [id ...]`.
struct ReadOptions {
  /// How long to wait for an entry, milliseconds, 0 for ever; nil not to wait.
  var timeout: Int64?
  /// How many entries of each stream; 0 stands for all.
  var count = 0
  /// The arguments that are keys; as far behind each as there are keys stands its identifier.
  var keys = 0..<0
  /// `GROUP group consumer`: the argument that is the group, 0 without.
  var group = 0
  /// `NOACK`: what is read needs not be acknowledged.
  var needsNoAcknowledgement = false

  init(_ call: borrowing Call, ofGroup: Bool, origin: CallOrigin) throws(CommandError) {
    var index = 1
    while index < call.count && keys.isEmpty {
      let more = call.count - index - 1
      if more >= 1 && call.matches(index, "BLOCK") {
        if origin == .script {
          throw .text("ERR \(call[0]) command is not allowed with BLOCK option from scripts")
        }
        guard let milliseconds = call[index + 1].integer else {
          throw .literal("ERR timeout is not an integer or out of range")
        }
        if milliseconds < 0 { throw .literal("ERR timeout is negative") }
        timeout = milliseconds
        index += 1
      } else if more >= 1 && call.matches(index, "COUNT") {
        count = Int(max(0, try call.integer(index + 1)))
        index += 1
      } else if more >= 1 && call.matches(index, "STREAMS") {
        if more % 2 != 0 {
          throw .literal(
            "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.")
        }
        keys = index + 1..<index + 1 + more / 2
      } else if more >= 2 && call.matches(index, "GROUP") {
        if !ofGroup {
          throw .literal("ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.")
        }
        group = index + 1
        index += 2
      } else if call.matches(index, "NOACK") {
        if !ofGroup {
          throw .literal("ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.")
        }
        needsNoAcknowledgement = true
      } else {
        throw .syntax
      }
      index += 1
    }
    if keys.isEmpty { throw .syntax }
    if ofGroup && group == 0 { throw .literal("ERR Missing GROUP option for XREADGROUP") }
  }

  /// The argument that is the identifier of the stream whose key is the argument `key`.
  func id(_ key: Int) -> Int { key + keys.count }

  /// How many entries of each stream; whoever has waited is not given a whole stream at once.
  func count(_ context: borrowing Context) -> Int { count == 0 && context.isTriedAgain ? 1000 : count }
}

/// The streams that a call is answered with, in an array that begins with the first of them.
struct StreamReplies {
  private let reply: Reply
  private var pairs: Reply.DeferredArray?
  private var count = 0

  init(_ reply: Reply) { self.reply = reply }

  /// Begins the reply of a stream: what follows are its entries.
  mutating func begin(_ key: borrowing Bytes) {
    if pairs == nil { pairs = reply.deferredPairs() }
    count += 1
    if !reply.isRESP3 { reply.array(2) }
    reply.bulk(key)
  }

  /// Ends the reply; false when there were no streams.
  func finish() -> Bool {
    guard let pairs else { return false }
    reply.finish(pairs, count: count)
    return true
  }
}

extension Stream {
  /// Whether there is an entry at or behind an identifier. Those who have waited are answered, as by Redis, even if all
  /// that came has gone again.
  func hasEntry(from id: StreamID, isTriedAgain: Bool) -> Bool {
    isTriedAgain ? lastID >= id : lastEntryID.map { $0 >= id } ?? false
  }
}
