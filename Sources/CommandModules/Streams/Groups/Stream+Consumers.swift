import Containers
import ServerKernel
import StreamValues

extension Stream {
  /// The consumer of a name, which is added if there is none; it was heard of now.
  mutating func consumer(
    _ group: Int, _ name: borrowing Bytes, _ now: Int64, _ isNew: inout Bool
  ) -> ConsumerGroup.Consumer {
    var created = false
    let consumer = changeGroup(group) { group in
      if let consumer = group.consumer(name) {
        group.setSeenTime(of: consumer, now)
        return consumer
      }
      created = true
      guard let consumer = group.addConsumer(name, seenTime: now) else {
        preconditionFailure("a consumer is there or is added")
      }
      return consumer
    }
    isNew = isNew || created
    return consumer
  }
}

extension Context {
  /// The number of the group that a call names by its arguments 1 and 2; nil when there is none.
  func existingGroup(_ call: borrowing Call) throws(CommandError) -> Int? {
    try db.value(StreamValue.self, call[1])?.value.stream.group(call[2])
  }

  /// As `existingGroup`; throws when there is none.
  func groupNumber(_ call: borrowing Call) throws(CommandError) -> Int {
    guard let group = try existingGroup(call) else {
      throw .text("NOGROUP No such key '\(call[1])' or consumer group '\(call[2])'")
    }
    return group
  }
}
