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
    collectFreedMemory()
    if mayExpireActively { expireActively(hz: hz) }
    moveTables()
    trackPeakMemory()
  }

  /// Takes back what the disposal thread freed, some slabs now and, after a pause, others.
  private func collectFreedMemory() {
    if keyspace.value.heap.collectRemote(limit: 16) || state.value.collectsMemorySoon { return }
    state.value.collectsMemorySoon = true
    timers.add(milliseconds: 1) { server in
      server.state.value.collectsMemorySoon = false
      server.collectFreedMemory()
    }
  }

  /// Goes on with tables that are between two sizes, so that none stays so when nothing is written: a tenth of a
  /// millisecond now, and after a pause again.
  private func moveTables() {
    if !settings.activeRehashing.value || state.value.isCronPaused || state.value.movesTablesSoon { return }
    let end = Clock.monotonicNanoseconds() + 100_000
    for place in keyspace.value.databases {
      while place.value.keys.move(buckets: 10) || place.value.expires.move(buckets: 10) {
        if Clock.monotonicNanoseconds() < end { continue }
        state.value.movesTablesSoon = true
        timers.add(milliseconds: 1) { server in
          server.state.value.movesTablesSoon = false
          server.moveTables()
        }
        return
      }
    }
  }

  /// Closes connections that were silent for longer than `timeout`, but none that wait for
  /// what others do: blocked, subscribed or monitoring.
  ///
  /// All are looked at only when the one that was silent longest is due: those who wait cost no time.
  private func closeIdleClients() {
    let timeout = Int64(settings.idleTimeout.value)
    let now = unixSeconds
    if timeout == 0 || now < state.value.nextIdleCheck { return }
    var earliest = now
    for client in state.value.clients {
      if client.isBlocked || client.isSubscribed || client.isMonitor { continue }
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
