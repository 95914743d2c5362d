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

  /// Reads the clients that are listed. Those that it has not come to stay listed: a command that takes long may be
  /// executed on the way, and others are not to wait for that (`takeUnread`).
  func readListed() {
    let end = state.value.unread.count
    while state.value.unreadTaken < min(end, state.value.unread.count) {
      let client = state.value.unread[state.value.unreadTaken]
      state.value.unreadTaken += 1
      client.place.value.readiness.isListed = false
      read(client)
    }
    state.value.unread.removeSubrange(..<state.value.unreadTaken)
    state.value.unreadTaken = 0
  }

  /// Takes the clients from the list that are still in it.
  func takeUnread() -> [Client] {
    let clients = Array(state.value.unread[state.value.unreadTaken...])
    state.value.unread.removeSubrange(state.value.unreadTaken...)
    for client in clients { client.place.value.readiness.isListed = false }
    return clients
  }
}
