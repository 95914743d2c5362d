/// The clients that are connected, and what is to be looked at again of some of them.
final class ClientTable {
  /// In no order; a client knows its place.
  var all: [Client] = []
  var byID: [UInt64: Client] = [:]
  var lastID: UInt64 = 0
  /// The client of what nobody asked for.
  var system: Client?
  /// Clients whose output is, or was a moment ago, above its soft limit.
  var softLimited: [Client] = []
  /// When a client may be idle for too long, Unix seconds.
  var nextIdleCheck: Int64 = 0
  var bufferPeaks = RecentBufferPeaks()
  /// Called with each client that is about to be freed.
  var disconnectHooks: [(Client, Server) -> Void] = []
  /// Called with each client that goes back to the state of a new connection.
  var resetHooks: [(Client, Server) -> Void] = []

  func add(_ client: Client) {
    client.place.value.registryIndex = all.count
    all.append(client)
    byID[client.id] = client
  }

  /// O(1): the last one takes its place.
  func remove(_ client: Client) {
    byID[client.id] = nil
    let index = client.place.value.registryIndex
    let last = all.removeLast()
    if last != client {
      all[index] = last
      last.place.value.registryIndex = index
    }
  }
}
