import Containers
import ServerKernel

/// Journals what became of a group in place of the running command: a replay gives the same whatever the time is.
///
/// The arguments of the call that are the key, the group and the consumer are told by their positions.
struct GroupEffects {
  private let journal: Journal
  private let key: Int
  private let group: Int
  private let consumer: Int

  init(_ journal: Journal, key: Int = 1, group: Int = 2, consumer: Int = 3) {
    self.journal = journal
    self.key = key
    self.group = group
    self.consumer = consumer
  }

  /// An entry is pending for the call's consumer.
  func claim(_ call: borrowing Call, _ id: StreamID, time: Int64, count: Int64, lastID: StreamID) {
    claim(call, for: call[consumer], id, time: time, count: count, lastID: lastID)
  }

  /// An entry is pending for a consumer; one that is in the stream no more is pending for nobody.
  func claim(
    _ call: borrowing Call, for consumer: borrowing Bytes, _ id: StreamID, time: Int64, count: Int64, lastID: StreamID
  ) {
    let text = StreamIDText(id)
    let last = StreamIDText(lastID)
    journal.begin("XCLAIM", arguments: 13)
    journal.argument(call[key])
    journal.argument(call[group])
    journal.argument(consumer)
    journal.argument(0)
    journal.argument(text.bytes)
    journal.argument(Bytes("TIME"))
    journal.argument(time)
    journal.argument(Bytes("RETRYCOUNT"))
    journal.argument(count)
    journal.argument(Bytes("FORCE"))
    journal.argument(Bytes("JUSTID"))
    journal.argument(Bytes("LASTID"))
    journal.argument(last.bytes)
  }

  /// The group has read as far as it says.
  func setID(_ call: borrowing Call, _ state: borrowing ConsumerGroup) {
    let last = StreamIDText(state.lastID)
    journal.begin("XGROUP", arguments: 6)
    journal.argument(Bytes("SETID"))
    journal.argument(call[key])
    journal.argument(call[group])
    journal.argument(last.bytes)
    journal.argument(Bytes("ENTRIESREAD"))
    journal.argument(state.entriesRead ?? -1)
  }

  /// The call's consumer was added.
  func addConsumer(_ call: borrowing Call) {
    journal.begin("XGROUP", arguments: 4)
    journal.argument(Bytes("CREATECONSUMER"))
    journal.argument(call[key])
    journal.argument(call[group])
    journal.argument(call[consumer])
  }
}
