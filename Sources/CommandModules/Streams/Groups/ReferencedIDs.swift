import Containers
import ServerKernel

/// The arguments that XDELEX and XACKDEL have in common: `[KEEPREF|DELREF|ACKED] IDS numids id [id ...]`.
struct ReferencedIDs {
  var policy = ReferencePolicy.keep
  /// The arguments that are identifiers.
  var ids = 0..<0

  init(_ call: borrowing Call, from first: Int) throws(CommandError) {
    var given: ReferencePolicy?
    var index = first
    while index < call.count {
      if let policy = call.referencePolicy(index) {
        if given != nil { throw .syntax }
        given = policy
      } else if index + 1 < call.count && call.matches(index, "IDS") {
        guard let number = call[index + 1].integer, number > 0 else {
          throw .literal("ERR Number of IDs must be a positive integer")
        }
        if number > call.count - index - 2 {
          throw .literal("ERR The `numids` parameter must match the number of arguments")
        }
        ids = index + 2..<index + 2 + Int(number)
        index = ids.upperBound - 1
      } else {
        throw .syntax
      }
      index += 1
    }
    if ids.isEmpty { throw .syntax }
    policy = given ?? .keep
  }

  /// Replies -1 for each identifier: there are no such entries.
  func replyNone(_ reply: Reply) {
    reply.array(ids.count)
    for _ in ids { reply.integer(-1) }
  }
}

/// What came of an entry that was to be deleted, as it is replied.
enum DeletionResult: Int {
  case missing = -1
  case deleted = 1
  /// Groups are still to read it, or it is pending.
  case referenced = 2
}

extension Stream {
  /// Deletes an entry as the policy says. O(groups log n).
  mutating func delete(_ id: StreamID, _ policy: ReferencePolicy) -> DeletionResult {
    if policy == .needNone && isReferenced(id) { return .referenced }
    if policy == .delete { removeReferences(to: id) }
    return remove(id) ? .deleted : .missing
  }
}

extension Call {
  /// `KEEPREF`, `DELREF` or `ACKED`; nil for anything else.
  func referencePolicy(_ index: Int) -> ReferencePolicy? {
    if matches(index, "KEEPREF") { return .keep }
    if matches(index, "DELREF") { return .delete }
    return matches(index, "ACKED") ? .needNone : nil
  }
}
