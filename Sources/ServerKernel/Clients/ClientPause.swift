/// CLIENT PAUSE: until when, what, and who is held back.
public final class ClientPause {
  /// Unix milliseconds; 0 when nothing is paused.
  private var end: Int64 = 0
  private var pausesAll = false
  /// Clients whose requests are held back, in the order in which they came.
  private var postponed = ClientQueue()
  /// Ends the pause.
  private var timer: Timers.Timer?

  /// Who has commands that may write held back, beside CLIENT PAUSE.
  private var owners: Set<ObjectIdentifier> = []

  /// Whether commands are held back.
  public var isPausing: Bool { end > 0 || !owners.isEmpty }

  /// Holds back commands of clients until `until` (Unix milliseconds): all of them, or those that may write.
  /// A pause that is running is only ever extended, and made stricter.
  public func begin(until: Int64, all: Bool, _ server: Server) {
    end = max(end, until)
    pausesAll = pausesAll || all
    update(server)
    scheduleEnd(server)
  }

  /// Ends the pause and executes what was held back, unless others have it held back.
  public func finish(_ server: Server) {
    cancelTimer(server)
    end = 0
    pausesAll = false
    update(server)
  }

  /// Holds back commands that may write until the same `owner` lets them go on, whatever CLIENT UNPAUSE says.
  public func hold(for owner: AnyObject, _ server: Server) {
    owners.insert(ObjectIdentifier(owner))
    update(server)
  }

  /// Ends what `hold` began for `owner`; others may have their own reasons.
  public func release(for owner: AnyObject, _ server: Server) {
    owners.remove(ObjectIdentifier(owner))
    update(server)
  }

  private func update(_ server: Server) {
    server.setGate(.paused, isPausing)
    if isPausing { return server.hideExpired(for: self) }
    server.removeExpired(for: self)
    while let next = postponed.next(after: 0) {
      forget(next.client, server)
      if !next.client.place.value.connection.input.isEmpty { server.loop.deferInput(next.client) }
    }
  }

  private func scheduleEnd(_ server: Server) {
    cancelTimer(server)
    let delay = max(1, end - Clock.unixMicroseconds() / 1000)
    timer = server.timers.add(milliseconds: delay) { [unowned self] server in
      // The two clocks need not agree on the millisecond.
      if end > Clock.unixMicroseconds() / 1000 { scheduleEnd(server) } else { finish(server) }
    }
  }

  private func cancelTimer(_ server: Server) {
    if let timer { server.timers.cancel(timer) }
    timer = nil
  }

  /// Whether a command of these flags is held back.
  func holdsBack(_ flags: CommandFlags) -> Bool { pausesAll || !flags.isDisjoint(with: [.write, .mayReplicate]) }

  func postpone(_ client: Client, _ server: Server) {
    client.place.value.gate.insert(.blocked)
    server.blocking.state.value.count += 1
    client.session.postponedTicket = postponed.append(client)
  }

  /// A client is held back no longer.
  func forget(_ client: Client, _ server: Server) {
    guard let session = client.place.value.session, session.postponedTicket != 0 else { return }
    postponed.remove(session.postponedTicket)
    session.postponedTicket = 0
    client.place.value.gate.remove(.blocked)
    server.blocking.state.value.count -= 1
  }
}
