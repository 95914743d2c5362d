// Unsafe: client states are allocated and freed here; sockets are C's.

import CLinux
import Containers
import Glibc

extension Server {
  /// All connected clients, in no order.
  public var clients: [Client] { clientTable.all }

  /// A client for a new connection.
  func addClient(descriptor: Int32, address: String, localAddress: String, isUnixSocket: Bool) -> Client? {
    let client = makeClient(descriptor: descriptor)
    let session = client.session
    session.address = address
    session.localAddress = localAddress
    session.isUnixSocket = isUnixSocket
    client.resetAuthentication()
    guard loop.poller.add(descriptor, Readiness.watched, token: loop.token(client)) else {
      unsafe client.place.free()
      return nil
    }
    clientTable.add(client)
    clientEviction.update(client)
    return client
  }

  /// A client without a place among the connected ones; with descriptor -1 for the server's own use.
  func makeClient(descriptor: Int32) -> Client {
    clientTable.lastID += 1
    return Client(
      Place(
        ClientState(
          server: self, descriptor: descriptor, id: clientTable.lastID, database: keyspace.value.databases[0],
          now: state.value.unixSeconds)))
  }

  var requiresPassword: Bool { !(settings.requirePass.value?.isEmpty ?? true) }

  /// The client of commands that no one sent: the replay of the append-only file, timers.
  var systemClient: Client {
    if let client = clientTable.system { return client }
    let client = makeClient(descriptor: -1)
    clientTable.system = client
    return client
  }

  /// The client of a number, nil when it has gone. O(1).
  public func client(id: UInt64) -> Client? { clientTable.byID[id] }

  /// Closes a client's connection at the end of the tick.
  func scheduleClose(_ client: Client) {
    if client.place.value.isFreed || !client.isConnected { return }
    client.place.value.gate.insert(.closing)
    client.place.value.closesAfterReply = false
    clientEviction.forget(client)
    client.place.value.output.abandon()
    client.place.value.session?.unsent = nil
    unblockForDisconnect(client)
    loop.state.value.scheduledClose.append(client)
  }

  /// Closes connections and frees their clients; no handle of them is used afterwards.
  func closeScheduled() {
    while !loop.state.value.scheduledClose.isEmpty {
      var closing: [Client] = []
      swap(&closing, &loop.state.value.scheduledClose)
      if closing.contains(where: { $0.place.value.isAway }) { loop.settleThreads() }
      for client in closing where !client.place.value.isFreed { disconnect(client) }
    }
    if loop.state.value.closed.isEmpty { return }
    // Once for all that go, so that thousands at a time cost no more than each on its own.
    loop.state.value.scheduledOutput.removeAll { $0.place.value.isFreed }
    loop.state.value.pendingInput.removeAll { $0.place.value.isFreed }
    loop.state.value.unread.removeAll { $0.place.value.isFreed }
    loop.state.value.toRead.removeAll { $0.place.value.isFreed }
    clientTable.softLimited.removeAll { $0.place.value.isFreed }
    for client in loop.state.value.closed { unsafe client.place.free() }
    loop.state.value.closed.removeAll(keepingCapacity: true)
  }

  private func disconnect(_ client: Client) {
    for hook in clientTable.disconnectHooks { hook(client, self) }
    unblockForDisconnect(client)
    watchedKeys.removeAll(client)
    shutdownWait.forget(client)
    client.place.value.isFreed = true
    loop.poller.remove(client.place.value.connection.transport.descriptor)
    close(client.place.value.connection.transport.descriptor)
    clientTable.remove(client)
    loop.state.value.closed.append(client)
  }

  func scheduleOutput(_ client: Client) {
    if client.isConnected { loop.scheduleOutput(client) }
  }

  /// Closes a client whose unsent output is above its class's limits, and counts it towards what all may have.
  func checkOutputLimit(_ client: Client) {
    clientEviction.update(client)
    let limits = settings.outputBufferLimits.value
    let limit = client.role == .replica ? limits.replica : client.isSubscribed ? limits.pubsub : limits.normal
    let pending = client.place.value.waitingOutput
    // Who has to authenticate first is told little, and has to read it.
    let mayPileUp = !client.place.value.gate.contains(.unauthenticated) || pending <= OutputBuffer.pooledCapacity
    let isOverHard = limit.hardBytes > 0 && pending >= limit.hardBytes || !mayPileUp
    var isOverSoft = limit.softBytes > 0 && pending >= limit.softBytes
    if isOverSoft {
      if client.place.value.output.overSoftLimitSince == 0 {
        client.place.value.output.overSoftLimitSince = unixSeconds
        if !clientTable.softLimited.contains(client) { clientTable.softLimited.append(client) }
      }
      isOverSoft = unixSeconds - client.place.value.output.overSoftLimitSince > Int64(limit.softSeconds)
    } else {
      client.place.value.output.overSoftLimitSince = 0
    }
    guard isOverHard || isOverSoft, !client.place.value.gate.contains(.closing) else { return }
    statistics.outputBufferOverflows += 1
    Log.warning("Client \(describe(client)) scheduled to be closed ASAP for overcoming of output buffer limits.")
    scheduleClose(client)
  }
}
