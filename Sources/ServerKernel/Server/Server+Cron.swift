import CLinux
import Containers

extension Server {
  /// How often a second background work is done now.
  public var effectiveHz: Int { settings.effectiveHz(clients: state.value.clients.count) }

  /// Starts what happens `hz` times a second.
  func startCron() {
    settings.clampHz()
    scheduleCron()
    timers.addRepeating(milliseconds: 100) { server in
      server.state.value.tickRate.calibrate()
      server.updateSlowThreshold()
      server.statistics.sample(now: server.now)
      server.checkSoftLimits()
    }
    timers.addRepeating(milliseconds: 1000) { server in server.closeIdleClients() }
  }

  /// Looks again at clients with too much output, also when nothing is written to them any more.
  private func checkSoftLimits() {
    if state.value.softLimited.isEmpty { return }
    for client in state.value.softLimited where client.place.value.output.overSoftLimitSince > 0 {
      checkOutputLimit(client)
    }
    state.value.softLimited.removeAll { $0.place.value.output.overSoftLimitSince == 0 }
  }

  private func scheduleCron() {
    let hz = effectiveHz
    timers.add(milliseconds: Int64(1000 / hz)) { server in
      server.cron(hz)
      server.scheduleCron()
    }
  }

  private func cron(_ hz: Int) {
    if state.value.isCronPaused { return }
    keyspace.value.heap.collectRemote(limit: 64)
    if !keyspace.value.keepsExpired && !keyspace.value.hidesExpired && state.value.isActiveExpireOn {
      expireActively(hz)
    }
    if settings.activeRehashing.value { moveTables() }
    trackPeakMemory()
  }

  /// Removes keys past their time that nobody asks for, within a share of the period that grows with
  /// `active-expire-effort`: a quarter at 1.
  private func expireActively(_ hz: Int) {
    let effort = settings.activeExpireEffort.value - 1
    let budget = Int64(1_000_000_000 / hz * (25 + 2 * effort) / 100)
    let start = Clock.monotonicNanoseconds()
    let end = start + budget
    var sample = ExpirySample()
    for place in state.value.databases where place.value.expires.count > 0 {
      sample.add(Database(place, keyspace).expireSome { Clock.monotonicNanoseconds() < end })
      if Clock.monotonicNanoseconds() >= end {
        state.value.expiry.timeCapReached += 1
        break
      }
    }
    let elapsed = Clock.monotonicNanoseconds() - start
    state.value.expiry.add(sample, nanoseconds: elapsed)
    recordLatency("expire-cycle", milliseconds: Int(elapsed / 1_000_000))
  }

  /// Goes on with tables that are between two sizes, for a millisecond, so that no table stays so when idle.
  private func moveTables() {
    let end = Clock.monotonicNanoseconds() + 1_000_000
    for place in state.value.databases {
      while place.value.keys.move(buckets: 100) { if Clock.monotonicNanoseconds() >= end { return } }
      while place.value.expires.move(buckets: 100) { if Clock.monotonicNanoseconds() >= end { return } }
    }
  }

  /// Closes connections that were silent for longer than `timeout`, but no subscribers and no blocked ones.
  ///
  /// All are looked at only when the one that was silent longest is due: those who wait cost no time.
  private func closeIdleClients() {
    let timeout = Int64(settings.idleTimeout.value)
    let now = unixSeconds
    if timeout == 0 || now < state.value.nextIdleCheck { return }
    var earliest = now
    for client in state.value.clients {
      if client.place.value.gate.contains(.blocked) || (client.place.value.session?.subscriptions ?? 0) > 0 { continue }
      if now - client.place.value.lastInteraction > timeout {
        Log.verbose("Closing idle client")
        scheduleClose(client)
      } else {
        earliest = min(earliest, client.place.value.lastInteraction)
      }
    }
    state.value.nextIdleCheck = earliest + timeout + 1
  }
}
