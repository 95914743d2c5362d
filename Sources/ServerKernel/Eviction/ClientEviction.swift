import Containers

/// Closes clients, those with the most memory first, while together they take more than `maxmemory-clients`.
///
/// What each takes is counted when its buffers may have changed, at the end of a batch and after writing to it; nothing
/// is while there is no limit.
public final class ClientEviction {
  /// A limit below this leaves no room to tell the server so.
  private static let lowestLimit = 128 << 10

  /// Bytes above which clients go; `Int.max` while there is no limit.
  private var limit = Int.max
  private var total = 0
  /// Clients that were closed.
  public private(set) var evictedClients = 0

  /// Whether there is a limit.
  public var isOn: Bool { limit < .max }

  func resetStatistics() { evictedClients = 0 }

  /// Takes over the limit, and counts all clients when there was none.
  func settingsChanged(_ server: Server) {
    let wasOn = isOn
    limit = Self.limit(server.memorySettings)
    if wasOn == isOn { return }
    total = 0
    for client in server.clientTable.all {
      client.place.value.countedMemory = 0
      update(client)
    }
  }

  private static func limit(_ settings: MemorySettings) -> Int {
    let setting = settings.maxClientMemory.value, maxMemory = settings.maxMemory.value
    if setting == 0 || setting < 0 && maxMemory == 0 { return .max }
    let bytes = setting > 0 ? setting : Int(min(Double(maxMemory) * Double(-setting) / 100, 0x1p62))
    return max(bytes, lowestLimit)
  }

  /// Counts a client again. O(1).
  func update(_ client: Client) {
    // What piles up for other servers has limits of its own.
    if !isOn || client.isDropped || client.role != .user { return }
    let bytes = client.memoryUse
    total += bytes - client.place.value.countedMemory
    client.place.value.countedMemory = bytes
  }

  /// Counts a client no more: it is closed.
  func forget(_ client: Client) {
    total -= client.place.value.countedMemory
    client.place.value.countedMemory = 0
  }

  /// Closes clients until the rest is within the limit.
  func evict(_ server: Server) {
    if total <= limit { return }
    let candidates = server.clientTable.all.filter { !$0.isNoEvict && !$0.isDropped && $0.role == .user }
      .sorted { $0.place.value.countedMemory > $1.place.value.countedMemory }
    for client in candidates {
      Log.notice("Evicting client: \(server.describe(client))")
      evictedClients += 1
      server.scheduleClose(client)
      if total <= limit { return }
    }
    Log.warning("Over client maxmemory after evicting all evictable clients")
  }
}

extension Client {
  /// Bytes that the client takes: its state, buffers, what it queued, watches and is subscribed to.
  public var memoryUse: Int {
    let session = place.value.session
    return MemoryLayout<ClientState>.size + place.value.output.memoryUse + place.value.connection.inputMemory
      + (place.value.transaction?.memoryUse ?? 0)
      + (session?.subscriptions ?? 0) * ClientSession.bytesPerSubscription
  }

  /// Whether the connection ends with this tick, and its output is not waited for.
  public var isDropped: Bool {
    place.value.isFreed || place.value.gate.contains(.closing) && !place.value.closesAfterReply
  }
}
