import CLinux
import Containers

/// What is done `hz` times a second, and what is known of memory.
public final class Upkeep {
  /// Whether periodic work rests (DEBUG PAUSE-CRON).
  public var isPaused = false
  var startupMemory = 0
  var peakMemory = 0
  /// Bytes of the process that were in physical memory at the last turn.
  private(set) var residentMemory = 0
  /// Bytes of what malloc handed out before the server began to serve that `Malloc` did not count.
  var runtimeMemory = 0
  /// What the disposal thread had freed when the statistics were reset.
  var lazyFreedAtReset = 0
  /// A timer is set to go on with taking back what was freed.
  private var collectsMemorySoon = false
  /// A timer is set to go on with tables between two sizes.
  private var movesTablesSoon = false

  func start(_ server: Server) {
    server.settings.clampHz()
    residentMemory = Server.readResidentMemory()
    schedule(server)
    server.timers.addRepeating(milliseconds: 100) { server in
      server.state.value.tickRate.calibrate()
      server.slowThresholdChanged()
      server.statistics.sample(now: server.now)
      server.upkeep.residentMemory = Server.readResidentMemory()
      server.checkSoftLimits()
    }
    server.timers.addRepeating(milliseconds: 1000) { server in server.closeIdleClients() }
  }

  private func schedule(_ server: Server) {
    let hz = server.effectiveHz
    server.timers.add(milliseconds: Int64(1000 / hz)) { [unowned self] server in
      run(hz, server)
      schedule(server)
    }
  }

  private func run(_ hz: Int, _ server: Server) {
    if isPaused { return }
    collectFreedMemory(server)
    server.expiry.beginTurn(hz: hz, server)
    moveTables(server)
    peakMemory = max(peakMemory, server.usedMemory)
  }

  /// Takes back what the disposal thread freed, some slabs now and, after a pause, others.
  private func collectFreedMemory(_ server: Server) {
    if server.keyspace.value.heap.collectRemote(limit: 16) || collectsMemorySoon { return }
    collectsMemorySoon = true
    server.timers.add(milliseconds: 1) { [unowned self] server in
      collectsMemorySoon = false
      collectFreedMemory(server)
    }
  }

  /// Goes on with tables that are between two sizes, so that none stays so when nothing is written: a tenth of a
  /// millisecond now, and after a pause again.
  private func moveTables(_ server: Server) {
    if !server.settings.activeRehashing.value || isPaused || movesTablesSoon { return }
    let end = Clock.monotonicNanoseconds() + 100_000
    for place in server.keyspace.value.databases {
      while place.value.keys.move(buckets: 10) || place.value.expires.move(buckets: 10) {
        if Clock.monotonicNanoseconds() < end { continue }
        movesTablesSoon = true
        server.timers.add(milliseconds: 1) { [unowned self] server in
          movesTablesSoon = false
          moveTables(server)
        }
        return
      }
    }
  }
}

extension Server {
  /// How often a second background work is done now.
  public var effectiveHz: Int { settings.effectiveHz(clients: clientTable.all.count) }
}
