import Containers

/// Connections to be read, and the requests in what came.
///
/// The connections move into the job and back again: meanwhile their clients have none that could be touched, but one
/// without input in its place.
final class InputJob {
  /// Connections that one job may have.
  static let capacity = 64

  private(set) var batch: RequestBatch
  private(set) var clients: [Client] = []
  private var rules: [InputRules] = []
  private var connections = SlotList<Connection>(capacity: capacity)

  init(_ commands: CommandTable) {
    batch = RequestBatch(commands)
    clients.reserveCapacity(Self.capacity)
    rules.reserveCapacity(Self.capacity)
  }

  /// Takes a client's connection.
  func add(_ client: Client, _ rules: InputRules) {
    let place = client.place
    // Until it has been read: the job may have no room for that.
    place.value.connection.mayHaveMore = true
    var connection = place.value.connection.standIn
    swap(&connection, &place.value.connection)
    clients.append(client)
    self.rules.append(rules)
    connections.append(connection)
  }

  /// Reads the connections as far as there is room for what comes. Any thread, one at a time.
  func run(unixSeconds: Int64) {
    batch.unixSeconds = unixSeconds
    Self.read(clients, &connections, rules, into: &batch)
  }

  // One access to what the object keeps, and not one for each connection.
  private static func read(
    _ clients: [Client], _ connections: inout SlotList<Connection>, _ rules: [InputRules],
    into batch: inout RequestBatch
  ) {
    for index in clients.indices where !batch.isFull {
      connections[index].read(of: clients[index], rules[index], into: &batch)
    }
  }

  /// Gives the clients their connections back, and calls `body` with each, and whether its input was kept without being
  /// parsed.
  func giveBack(_ body: (Client, Bool) -> Void) {
    Self.giveBack(clients, &connections, rules, body)
  }

  private static func giveBack(
    _ clients: [Client], _ connections: inout SlotList<Connection>, _ rules: [InputRules],
    _ body: (Client, Bool) -> Void
  ) {
    for index in clients.indices {
      let place = clients[index].place
      let lastInteraction = max(place.value.connection.lastInteraction, connections[index].lastInteraction)
      swap(&place.value.connection, &connections[index])
      place.value.connection.lastInteraction = lastInteraction
      body(clients[index], rules[index].isWaiting)
    }
  }

  /// Exchanges the batch with the one that the loop works on.
  func exchangeBatch(with state: Place<LoopState>) { swap(&batch, &state.value.batch) }

  /// Empties it for the next connections; its memory stays.
  func removeAll() {
    clients.removeAll(keepingCapacity: true)
    rules.removeAll(keepingCapacity: true)
    connections.removeAll()
  }
}
