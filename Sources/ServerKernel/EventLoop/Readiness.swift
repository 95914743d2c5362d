import Containers

/// What the loop knows about a client's connection: whether there is something to read, and room to write.
///
/// The poller tells once that something has come, and not again before more does: what was not read then is remembered
/// here until it is.
struct Readiness {
  /// What the poller watches each connection for.
  static let watched: DescriptorEvents = [.readable, .peerHungUp, .onceEach]

  /// There may be more to read than was.
  var hasUnread = false
  /// The other side sends no more: behind what there is to read comes the end.
  var hasHungUp = false
  /// It stands in the loop's list of clients to read in the next tick.
  var isListed = false
  /// It stands in the loop's list of clients with input to go on with.
  var hasPendingInput = false
  /// It is to be sent more once there is room.
  var awaitsWritable = false
  /// In which millisecond it was counted as active; see `ThreadUse`.
  var window: UInt32 = 0
}

extension EventLoop {
  /// The poller has something about a client that is not about writing.
  func note(_ events: DescriptorEvents, about client: Client) {
    if state.value.threadUse.isPossible { state.value.threadUse.note(client) }
    client.place.value.readiness.hasUnread = true
    if !events.isDisjoint(with: [.failed, .hungUp, .peerHungUp]) { client.place.value.readiness.hasHungUp = true }
  }

  /// Has a client read in the next tick if there may be something. Those with requests to go on with come to it after
  /// these.
  func listIfUnread(_ client: Client) {
    let place = client.place
    if !place.value.readiness.hasUnread || place.value.readiness.isListed { return }
    if place.value.readiness.hasPendingInput || place.value.isReading || place.value.connection.isInBatch { return }
    if client.isDropped { return }
    place.value.readiness.isListed = true
    state.value.unread.append(client)
  }

  /// Reads the clients that are listed.
  func readListed() {
    if state.value.unread.isEmpty { return }
    var clients: [Client] = []
    swap(&clients, &state.value.unread)
    for client in clients {
      client.place.value.readiness.isListed = false
      read(client)
    }
    // Its memory is for the next ones, unless some have come already.
    if state.value.unread.isEmpty {
      clients.removeAll(keepingCapacity: true)
      swap(&clients, &state.value.unread)
    }
  }
}
