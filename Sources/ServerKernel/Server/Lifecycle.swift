// Unsafe: C's link and system name.

import CLinux
import Glibc

/// From the start to the shutdown: what modules do then, and what they tell of themselves.
final class Lifecycle {
  /// Unix seconds.
  let startedAt = Clock.unixMicroseconds() / 1_000_000
  let runIdentifier = RunIdentifier.make()
  let executablePath = Lifecycle.readExecutablePath()
  let systemName = Lifecycle.readSystemName()
  /// Physical memory of the machine, bytes.
  let systemMemory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  var startHooks: [(Server) -> Void] = []
  /// Loads the data set at start.
  var loadHook: ((Server) -> Void)?
  /// Writes the data set and loads it back.
  var reloadHook: ((ReloadKind, Server) -> String?)?
  /// Called when a command has removed all keys.
  var flushHooks: [(Server) -> Void] = []
  var shutdownHooks: [(ShutdownOptions, Server) -> Bool] = []
  /// A request to shut down that the loop honours at the end of the tick.
  var requestedShutdown: ShutdownOptions?
  var signalDescriptor: Int32 = -1
  /// What takes memory that evicting keys does not have to make up for, bytes.
  var uncountedMemory: [() -> Int] = []
  /// What takes memory that is no part of the data set, bytes, by the names of MEMORY STATS.
  var memoryOverheads: [String: () -> Int] = [:]
  /// Whether this server follows a primary.
  var isReplica = false
  var ignoresMemoryLimit = false
  /// Tells where in the stream of effects the data set is.
  var streamPosition: (() -> StreamPosition?)?

  private static func readExecutablePath() -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
  }

  private static func readSystemName() -> String {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return "Linux" }
    return "\(text(of: &name.sysname)) \(text(of: &name.release)) \(text(of: &name.machine))"
  }

  private static func text<Characters>(of characters: inout Characters) -> String {
    unsafe withUnsafeBytes(of: &characters) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
