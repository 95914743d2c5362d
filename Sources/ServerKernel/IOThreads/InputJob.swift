import Containers

/// Connections to be read, and the requests in what came.
///
/// The connections move into the job and back again: meanwhile their clients have none that could be touched, but one
/// without input in its place.
final class InputJob {
  /// Connections that one job may have.
  static let capacity = 64

  struct Entry: ~Copyable {
    let client: Client
    let rules: InputRules
    fileprivate var connection: Connection

    /// Takes a client's connection.
    init(_ client: Client, _ rules: InputRules) {
      self.client = client
      self.rules = rules
      // Until it has been read: the job may have no room for that.
      client.place.value.connection.mayHaveMore = true
      connection = client.place.value.connection.standIn
      swap(&connection, &client.place.value.connection)
    }

    /// Gives the client its connection back.
    mutating func giveBack() {
      let place = client.place
      let lastInteraction = max(place.value.connection.lastInteraction, connection.lastInteraction)
      swap(&place.value.connection, &connection)
      place.value.connection.lastInteraction = lastInteraction
    }
  }

  private(set) var batch: RequestBatch
  private var entries = SlotList<Entry>(capacity: capacity)

  init(_ commands: CommandTable) { batch = RequestBatch(commands) }

  /// How many connections it has.
  var count: Int { entries.count }

  /// Has `body` add connections, or see to each of them.
  func withEntries(_ body: (inout SlotList<Entry>) -> Void) { body(&entries) }

  /// Reads the connections as far as there is room for what comes. Any thread, one at a time.
  func run(unixSeconds: Int64) {
    batch.unixSeconds = unixSeconds
    Self.read(&entries, into: &batch)
  }

  private static func read(_ entries: inout SlotList<Entry>, into batch: inout RequestBatch) {
    for index in 0..<entries.count where !batch.isFull {
      entries[index].connection.read(of: entries[index].client, entries[index].rules, into: &batch)
    }
  }

  /// Exchanges the batch with the one that the loop works on.
  func exchangeBatch(with state: Place<LoopState>) { swap(&batch, &state.value.batch) }

  /// Empties it for the next connections; its memory stays.
  func removeAll() { entries.removeAll() }
}
