import Containers

// What CLIENT, AUTH, HELLO and RESET tell and change about a connection.
extension Client {
  /// CLIENT SETNAME; empty for none.
  public var name: String {
    get { place.value.session?.name ?? "" }
    nonmutating set { session.name = newValue }
  }

  /// The client library as it introduced itself, empty when it did not.
  public var libraryName: String {
    get { place.value.session?.libraryName ?? "" }
    nonmutating set { session.libraryName = newValue }
  }

  /// The client library's version, empty when unknown.
  public var libraryVersion: String {
    get { place.value.session?.libraryVersion ?? "" }
    nonmutating set { session.libraryVersion = newValue }
  }

  /// The peer as `address:port`, or `path:0` of a Unix socket.
  public var address: String { place.value.session?.address ?? "" }
  /// This end of the connection, spelled as `address`.
  public var localAddress: String { place.value.session?.localAddress ?? "" }

  /// Whether the peer is on this machine.
  public var isLocal: Bool {
    guard let session = place.value.session else { return true }
    return session.isUnixSocket || Server.isLocal(session.address)
  }

  /// The ACL user that the client acts as.
  public var userName: String { place.value.session?.userName ?? "default" }

  /// Whether the client has authenticated, or came while no password was needed.
  public var isAuthenticated: Bool { place.value.isAuthenticated }

  /// Lets the client in as `user`.
  public func authenticate(as user: String) {
    session.userName = user
    place.value.isAuthenticated = true
    updateAuthenticationGate()
  }

  /// Puts the client where a new connection begins.
  func resetAuthentication() {
    place.value.isAuthenticated = !place.value.server.requiresPassword
    updateAuthenticationGate()
  }

  func updateAuthenticationGate() {
    setGate(.unauthenticated, place.value.server.requiresPassword && !place.value.isAuthenticated)
  }

  /// Whether the client watches all commands (MONITOR).
  public var isMonitor: Bool {
    get { place.value.gate.contains(.monitoring) }
    nonmutating set { setGate(.monitoring, newValue) }
  }

  /// CLIENT NO-EVICT.
  public var isNoEvict: Bool {
    get { place.value.session?.isNoEvict ?? false }
    nonmutating set { session.isNoEvict = newValue }
  }

  /// CLIENT NO-TOUCH: what the client reads keeps its access time.
  public var isNoTouch: Bool {
    get { place.value.gate.contains(.noTouch) }
    nonmutating set { setGate(.noTouch, newValue) }
  }

  /// Whether the client waits in a blocking command.
  public var isBlocked: Bool { place.value.gate.contains(.blocked) }

  /// Whether the client is subscribed to anything.
  public var isSubscribed: Bool { (place.value.session?.subscriptions ?? 0) > 0 }

  /// Takes over how many channels, patterns and shard channels the client is subscribed to. A RESP2 client that has
  /// any may only use pub/sub commands.
  public func setSubscriptions(channels: Int, patterns: Int, shardChannels: Int) {
    session.subscriptionCounts = (channels, patterns, shardChannels)
    updateSubscribedGate()
  }

  func updateSubscribedGate() {
    setGate(.subscribed, isSubscribed && !isRESP3)
  }

  /// Puts the client back into the state of a new connection: no transaction, database 0, RESP2, no name, not
  /// authenticated if a password is needed.
  public func reset() {
    let server = place.value.server
    for hook in server.clientTable.resetHooks { hook(self, server) }
    if isInTransaction { server.endTransaction(self) }
    server.watchedKeys.removeAll(self)
    _ = select(0)
    setRESP3(false)
    name = ""
    isNoTouch = false
    setReplies(.on)
    session.userName = "default"
    resetAuthentication()
  }
}

extension Client {
  /// Whether the connection ends with this tick, or as soon as its output is sent.
  public var isClosing: Bool { place.value.gate.contains(.closing) || place.value.isFreed }

  /// Whether something waits to be sent to the client, the reply of the running command included. What a thread is
  /// sending just now is waited for.
  public var hasPendingOutput: Bool {
    if place.value.isSending { place.value.server.loop.settleOutputs() }
    return pendingOutput > 0
  }

  /// How many bytes of replies wait to be sent.
  public var pendingOutput: Int { place.value.output.pending }

  /// Has the system send small packets together, which takes fewer of them and more time.
  public func delaySmallPackets() { Sockets.delaySmallPackets(place.value.connection.transport.descriptor, true) }

  /// Whether the client came by the Unix socket.
  public var isUnixSocket: Bool { place.value.session?.isUnixSocket ?? false }
}
