/// How many keys with a time to live the active expiry looked at, and how many of them were past it.
struct ExpirySample {
  var seen = 0
  var expired = 0

  mutating func add(_ other: ExpirySample) {
    seen += other.seen
    expired += other.expired
  }
}

/// What the active expiry did.
struct ExpiryStatistics {
  /// Keys past their time among those that are still there, percent: a running average, as only samples are known.
  private(set) var stalePercent = 0.0
  /// Cycles that ended because their time was used up.
  var timeCapReached = 0
  private(set) var nanoseconds: Int64 = 0

  mutating func add(_ sample: ExpirySample, nanoseconds: Int64) {
    self.nanoseconds += nanoseconds
    let percent = sample.seen > 0 ? Double(sample.expired) / Double(sample.seen) * 100 : 0
    stalePercent = percent * 0.05 + stalePercent * 0.95
  }
}

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

/// Removes keys past their time that nobody asks for, and knows who has them hidden instead.
public final class ActiveExpiry {
  /// Whether keys are removed that no one asks for (DEBUG SET-ACTIVE-EXPIRE).
  public var isOn = true
  var statistics = ExpiryStatistics()
  /// The turn that is between two slices.
  private var turn: ExpiryTurn?
  /// The database to look at next.
  private var nextDatabase = 0
  /// Who has keys past their time hidden, and whether until they are written to.
  fileprivate var hidingOwners: [ObjectIdentifier: Bool] = [:]

  /// Begins a turn, unless the one before goes on.
  func beginTurn(hz: Int, _ server: Server) {
    if turn != nil || !mayRun(server) { return }
    advance(ExpiryTurn(hz: hz, effort: server.settings.activeExpireEffort.value), server)
  }

  private func advance(_ turn: ExpiryTurn, _ server: Server) {
    var turn = turn
    let start = Clock.monotonicNanoseconds()
    let end = start + min(turn.left, ExpiryTurn.slice)
    let isDone = expireKeys(until: end, &turn.sample, server)
    let elapsed = Clock.monotonicNanoseconds() - start
    server.recordLatency("expire-cycle", milliseconds: Int(elapsed / 1_000_000))
    turn.elapsed += elapsed
    if isDone || turn.left <= 0 {
      if !isDone { statistics.timeCapReached += 1 }
      statistics.add(turn.sample, nanoseconds: turn.elapsed)
      self.turn = nil
      return
    }
    self.turn = turn
    server.timers.add(milliseconds: turn.pause) { [unowned self] server in
      guard let turn = self.turn else { return }
      if mayRun(server) { return advance(turn, server) }
      self.turn = nil
    }
  }

  /// False when time was up before all databases were done; the next slice goes on with the one it stopped at.
  private func expireKeys(until end: Int64, _ sample: inout ExpirySample, _ server: Server) -> Bool {
    let databases = server.keyspace.value.databases
    for _ in databases {
      let place = databases[nextDatabase % databases.count]
      if place.value.expires.count > 0 {
        sample.add(Database(place, server.keyspace).expireSome { Clock.monotonicNanoseconds() < end })
        if Clock.monotonicNanoseconds() >= end { return false }
      }
      nextDatabase += 1
    }
    return true
  }

  /// Whether keys may go by themselves now.
  private func mayRun(_ server: Server) -> Bool {
    !server.upkeep.isPaused && isOn && !server.keyspace.value.keepsExpired && !server.keyspace.value.hidesExpired
  }
}

extension Server {
  /// Has keys past their time hidden and not removed, until the same `owner` has them removed again: while the data set
  /// must not change by itself, as during a pause. With `untilWritten` a command removes them that is about to write to
  /// them, if nobody else has them hidden without.
  public func hideExpired(for owner: AnyObject, untilWritten: Bool = false) {
    expiry.hidingOwners[ObjectIdentifier(owner)] = untilWritten
    updateHiding()
  }

  /// Ends what `hideExpired` began for `owner`; others may have their own reasons.
  public func removeExpired(for owner: AnyObject) {
    expiry.hidingOwners[ObjectIdentifier(owner)] = nil
    updateHiding()
  }

  /// Whether keys past their time are taken as they are now: while loading, and for a command source's commands.
  /// Whoever sets it puts it back within the same command.
  public var servesExpired: Bool {
    get { keyspace.value.keepsExpired }
    set { keyspace.value.keepsExpired = newValue }
  }

  private func updateHiding() {
    keyspace.value.hidesExpired = !expiry.hidingOwners.isEmpty
    keyspace.value.writesRemoveHidden = expiry.hidingOwners.values.allSatisfy { $0 }
  }
}
