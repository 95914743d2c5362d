import Containers
import ServerKernel

/// XCLAIM and XAUTOCLAIM under way: pending entries change their consumer.
struct Claim: ~Escapable {
  /// The group's number.
  let group: Int
  private let name: Bytes
  let now: Int64
  let justIDs: Bool
  private let reply: Reply
  private var consumer: ConsumerGroup.Consumer?
  /// Whether the consumer had to be added.
  private(set) var addsConsumer = false
  /// Entries that were claimed, and changes that were made.
  private(set) var claimed = 0
  var changes = 0

  @_lifetime(copy name)
  init(group: Int, name: Bytes, now: Int64, justIDs: Bool, reply: Reply) {
    self.group = group
    self.name = name
    self.now = now
    self.justIDs = justIDs
    self.reply = reply
  }

  /// Makes an entry pending for the consumer, and replies it.
  mutating func give(
    _ id: StreamID, time: Int64, count: Int64, _ stream: inout Stream, _ call: borrowing Call, _ effects: GroupEffects
  ) {
    let consumer = self.consumer ?? stream.consumer(group, name, now, &addsConsumer)
    self.consumer = consumer
    let lastID = stream.changeGroup(group) { group in
      group.setPending(id, consumer, deliveryTime: time, deliveryCount: count)
      return group.lastID
    }
    if justIDs {
      reply.id(id)
    } else {
      let reply = self.reply
      stream.withEntry(id) { reply.entry($0) }
    }
    claimed += 1
    changes += 1
    effects.claim(call, id, time: time, count: count, lastID: lastID)
  }

  /// Ends that an entry is pending which is in the stream no more.
  mutating func drop(
    _ id: StreamID, _ pending: PendingEntry, _ stream: inout Stream, _ call: borrowing Call, _ effects: GroupEffects
  ) {
    stream.changeGroup(group) { group in
      let owner = group.name(of: pending.consumer)
      effects.claim(
        call, for: owner.bytes, id, time: pending.deliveryTime, count: pending.deliveryCount, lastID: group.lastID)
      group.acknowledge(id)
    }
    changes += 1
  }
}

extension ConsumerGroup {
  /// Has the group have read up to an identifier; false when it has read further.
  mutating func raiseLastID(to id: StreamID) -> Bool {
    if id <= lastID { return false }
    lastID = id
    return true
  }
}
