/// CLIENT PAUSE: until when, and what.
struct PauseState {
  /// Unix milliseconds; 0 when nothing is paused.
  var until: Int64 = 0
  var pausesAll = false
  /// Clients whose requests are held back, in the order in which they came.
  var postponed = ClientQueue()
  /// Ends the pause.
  var timer: Timers.Timer?
}

extension Server {
  /// Holds back commands of clients until `until` (Unix milliseconds): all of them, or those that may write.
  /// A pause that is running is only ever extended, and made stricter.
  public func pause(until: Int64, all: Bool) {
    state.value.pause.until = max(state.value.pause.until, until)
    state.value.pause.pausesAll = state.value.pause.pausesAll || all
    state.value.gate.insert(.paused)
    hideExpired(for: self)
    scheduleUnpause()
  }

  /// Ends the pause and executes what was held back.
  public func unpause() {
    cancelUnpause()
    state.value.pause.until = 0
    state.value.pause.pausesAll = false
    state.value.gate.remove(.paused)
    removeExpired(for: self)
    while let next = state.value.pause.postponed.next(after: 0) {
      forgetPostponed(next.client)
      if !next.client.place.value.input.isEmpty { loop.deferInput(next.client) }
    }
  }

  private func scheduleUnpause() {
    cancelUnpause()
    let delay = max(1, state.value.pause.until - Clock.unixMicroseconds() / 1000)
    state.value.pause.timer = timers.add(milliseconds: delay) { server in
      // The two clocks need not agree on the millisecond.
      if server.state.value.pause.until > Clock.unixMicroseconds() / 1000 {
        server.scheduleUnpause()
      } else {
        server.unpause()
      }
    }
  }

  private func cancelUnpause() {
    if let timer = state.value.pause.timer { timers.cancel(timer) }
    state.value.pause.timer = nil
  }

  /// Whether a command of these flags is held back.
  func isPaused(_ flags: CommandFlags) -> Bool {
    state.value.pause.pausesAll || !flags.isDisjoint(with: [.write, .mayReplicate])
  }

  func postpone(_ client: Client) {
    client.place.value.gate.insert(.blocked)
    blocking.state.value.count += 1
    client.session.postponedTicket = state.value.pause.postponed.append(client)
  }

  /// A client is held back no longer.
  func forgetPostponed(_ client: Client) {
    guard let session = client.place.value.session, session.postponedTicket != 0 else { return }
    state.value.pause.postponed.remove(session.postponedTicket)
    session.postponedTicket = 0
    client.place.value.gate.remove(.blocked)
    blocking.state.value.count -= 1
  }
}
