// Unsafe: C's resource usage.

import CLinux
import Containers
import Glibc

/// Whose CPU time is meant.
public enum ProcessorTimeScope: Int32 {
  case process = 0
  case children = -1
  case commandThread = 1
}

// Figures that INFO, MEMORY and other reports show, and that no command changes.
extension Server {
  /// When the process started, Unix seconds.
  public var startTime: Int64 { lifecycle.startedAt }
  /// The process' random name of 40 hexadecimal digits.
  public var runIdentifier: String { lifecycle.runIdentifier }
  /// The TCP port, 0 for none.
  public var port: Int { loop.listeners.port.value }
  /// The process' number.
  public var processIdentifier: Int { Int(getpid()) }
  /// The seconds clock that idle times are measured with.
  public var accessClock: Int { Int(unixSeconds & 0xff_ffff) }
  /// Path of the program's file.
  public var executablePath: String { lifecycle.executablePath }
  /// Name, release and machine of the operating system.
  public var systemName: String { lifecycle.systemName }
  /// Physical memory of the machine, bytes.
  public var systemMemory: Int { lifecycle.systemMemory }

  /// Keys that were looked up and found.
  public var keyspaceHits: Int { keyspace.value.hits }
  /// Keys that were looked up and not found.
  public var keyspaceMisses: Int { keyspace.value.misses }
  /// Keys removed because their time was over.
  public var expiredKeys: Int { keyspace.value.expiredKeys }
  /// Keys removed to make room.
  public var evictedKeys: Int { eviction.evictedKeys }
  /// Clients closed because together they took too much memory.
  public var evictedClients: Int { clientEviction.evictedClients }
  /// Objects that wait for the helper thread to be freed.
  public var lazyFreePendingObjects: Int { Disposal.pendingObjects }
  /// Objects that were freed on the helper thread since the statistics were reset.
  public var lazyFreedObjects: Int { Disposal.freedObjects - upkeep.lazyFreedAtReset }
  /// Changes to the data set since start.
  public var changes: Int { keyspace.value.dirty }
  /// Clients whose wait has a timeout.
  public var clientsWithTimeout: Int {
    clientTable.all.reduce(0) { $0 + ($1.place.value.session?.blocked?.timer == nil ? 0 : 1) }
  }

  /// Bytes that client connections take, output included.
  public var clientMemory: Int { clientTable.all.reduce(0) { $0 + $1.memoryUse } }

  /// Bytes that were in use when the server began to serve.
  public var startupMemory: Int { upkeep.startupMemory }

  /// CPU time of the process, of its children, or of the command thread, microseconds: in the kernel, in the program.
  public func processorTime(of scope: ProcessorTimeScope) -> (system: Int, user: Int) {
    var usage = rusage()
    // Glibc's module knows the scopes as an enumeration or not at all.
    unsafe getrusage(scope.rawValue, &usage)
    return (
      usage.ru_stime.tv_sec * 1_000_000 + Int(usage.ru_stime.tv_usec),
      usage.ru_utime.tv_sec * 1_000_000 + Int(usage.ru_utime.tv_usec)
    )
  }

  /// Returns free memory to the operating system.
  public func releaseFreeMemory() { _ = malloc_trim(0) }

  /// Holds the command thread, and with it all clients, for a while.
  public func sleep(microseconds: Int) {
    if microseconds > 0 { usleep(UInt32(clamping: microseconds)) }
    if keyspaceTimeIsFree { updateTime() }
  }

  /// Runs the crash handler's way out: DEBUG SEGFAULT.
  public func crash() { raise(SIGSEGV) }

  /// Ends the process at once, as after a failed assertion.
  public func abortProcess(_ message: String) -> Never {
    Log.warning(message)
    abort()
  }
}

extension Server {
  /// Bytes that the parts take of which there are many.
  public static var structureSizes: [(name: String, bytes: Int)] {
    [
      ("client", MemoryLayout<ClientState>.size), ("database", MemoryLayout<DatabaseState>.size),
      ("entry", KeyEntry.valueOffset(keyCount: 0, expires: false, type: KeyEntry.integerType)),
      ("expiringentry", KeyEntry.valueOffset(keyCount: 0, expires: true, type: KeyEntry.integerType)),
      ("bytebuffer", MemoryLayout<ByteBuffer>.size), ("packedlist", MemoryLayout<PackedList>.size),
      ("fieldtable", MemoryLayout<FieldTable>.size), ("argument", MemoryLayout<Argument>.size),
    ]
  }
}

extension Database {
  /// Average time to live of the keys that have one, milliseconds, as the active expiry found it.
  public var averageTimeToLive: Int64 { state.value.averageTimeToLive }
  /// How full the buckets of the tables of keys and of expiring keys are. O(buckets).
  public var tableStatistics: (keys: [BucketStatistics], expires: [BucketStatistics]) {
    (state.value.keys.statistics, state.value.expires.statistics)
  }
  /// Bytes that the tables of keys and of expiring keys take.
  public var tableMemory: (keys: Int, expires: Int) { (state.value.keys.memoryUse, state.value.expires.memoryUse) }
}
