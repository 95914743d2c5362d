/// A turn of the active expiry, which removes keys past their time that nobody asks for.
///
/// It has a share of the time until the next turn of the cron, and takes it in slices with pauses between, so that
/// no client waits for long however many keys end at once.
struct ExpiryTurn {
  /// A slice's length, nanoseconds.
  static let slice: Int64 = 1_000_000

  /// Nanoseconds that it may take in all, and that it took.
  let share: Int64
  var elapsed: Int64 = 0
  /// Milliseconds between two slices.
  let pause: Int64
  var sample = ExpirySample()

  var left: Int64 { share - elapsed }

  /// The share grows with `active-expire-effort`: a quarter at 1.
  init(hz: Int, effort: Int) {
    let percent = Int64(25 + 2 * (effort - 1))
    share = 1_000_000_000 / Int64(hz) * percent / 100
    pause = max(1, Self.slice * (100 - percent) / percent / 1_000_000)
  }
}

extension Server {
  /// Begins a turn, unless the one before goes on.
  func expireActively(hz: Int) {
    if state.value.expiryTurn != nil { return }
    advance(ExpiryTurn(hz: hz, effort: settings.activeExpireEffort.value))
  }

  private func advance(_ turn: ExpiryTurn) {
    var turn = turn
    let start = Clock.monotonicNanoseconds()
    let end = start + min(turn.left, ExpiryTurn.slice)
    let isDone = expireKeys(until: end, &turn.sample)
    let elapsed = Clock.monotonicNanoseconds() - start
    recordLatency("expire-cycle", milliseconds: Int(elapsed / 1_000_000))
    turn.elapsed += elapsed
    if isDone || turn.left <= 0 {
      if !isDone { state.value.expiry.timeCapReached += 1 }
      state.value.expiry.add(turn.sample, nanoseconds: turn.elapsed)
      state.value.expiryTurn = nil
      return
    }
    state.value.expiryTurn = turn
    timers.add(milliseconds: turn.pause) { server in
      guard let turn = server.state.value.expiryTurn else { return }
      if server.mayExpireActively { return server.advance(turn) }
      server.state.value.expiryTurn = nil
    }
  }

  /// False when time was up before all databases were done; the next slice goes on with the one it stopped at.
  private func expireKeys(until end: Int64, _ sample: inout ExpirySample) -> Bool {
    let databases = keyspace.value.databases
    for _ in databases {
      let place = databases[state.value.expiryDatabase % databases.count]
      if place.value.expires.count > 0 {
        sample.add(Database(place, keyspace).expireSome { Clock.monotonicNanoseconds() < end })
        if Clock.monotonicNanoseconds() >= end { return false }
      }
      state.value.expiryDatabase += 1
    }
    return true
  }

  /// Whether keys may go by themselves now.
  var mayExpireActively: Bool {
    !state.value.isCronPaused && state.value.isActiveExpireOn && !keyspace.value.keepsExpired
      && !keyspace.value.hidesExpired
  }
}
