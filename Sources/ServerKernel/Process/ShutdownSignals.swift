// Unsafe here: sigaction(2) takes the address of a structure and a C function. The handler touches atomics and calls
// only what is safe in a signal handler.
import CLinux
import Glibc
import Synchronization

/// SIGTERM and SIGINT as requests to shut down, which the event loop reads from a file descriptor.
public enum ShutdownSignals {
  /// How to shut down on SIGINT.
  public static let optionsOnInterrupt = Setting<ShutdownOptions>(
    "shutdown-on-sigint", default: [], syntax: .shutdownOptions)
  /// How to shut down on SIGTERM.
  public static let optionsOnTerminate = Setting<ShutdownOptions>(
    "shutdown-on-sigterm", default: [], syntax: .shutdownOptions)

  private static let lastSignal = Atomic<Int32>(0)
  private static let loading = Atomic<Bool>(false)
  private static let eventFile = Atomic<Int32>(-1)
  /// The address of a file's name; 0 for none.
  private static let temporaryFile = Atomic<UInt>(0)

  /// Whether the data set is being loaded, which changes what the handler logs.
  public static var isLoading: Bool {
    get { loading.load(ordering: .relaxed) }
    set { loading.store(newValue, ordering: .relaxed) }
  }

  /// The signal that asked for a shutdown, nil if none did.
  public static var pending: Int32? {
    let signal = lastSignal.load(ordering: .acquiring)
    return signal == 0 ? nil : signal
  }

  /// How to shut down on `signal`.
  public static func options(for signal: Int32) -> ShutdownOptions {
    (signal == SIGINT ? optionsOnInterrupt : optionsOnTerminate).value
  }

  /// Forgets the request, after a shutdown that could not be done: until then a second SIGINT ends the process.
  public static func acknowledge() {
    lastSignal.store(0, ordering: .releasing)
  }

  /// Has the file of this name, in the working directory, removed when a second SIGINT ends the process at once. The
  /// first name that is told is the one that stays.
  public static func removeWhenForced(_ name: String) {
    if temporaryFile.load(ordering: .relaxed) != 0 { return }
    temporaryFile.store(UInt(bitPattern: unsafe strdup(name)), ordering: .releasing)
  }

  /// Makes the file descriptor readable, as a request to shut down does. Safe in signal handlers.
  static func wake() {
    var one: UInt64 = 1
    _ = unsafe write(eventFile.load(ordering: .relaxed), &one, MemoryLayout<UInt64>.size)
  }

  /// Makes the file descriptor wait for the next signal.
  static func consumeWake() {
    var count: UInt64 = 0
    _ = unsafe read(eventFile.load(ordering: .relaxed), &count, MemoryLayout<UInt64>.size)
  }

  /// Takes over SIGTERM and SIGINT and ignores SIGHUP and SIGPIPE. Returns the file descriptor that becomes readable
  /// when a shutdown is asked for.
  public static func install() throws(SystemError) -> Int32 {
    let file = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    if file < 0 { throw SystemError.last }
    eventFile.store(file, ordering: .releasing)
    // A lazily initialised variable must not be met for the first time within the handler.
    _ = (pending, isLoading, Daemon.isRequested.value, Log.level.value, LogDestination.isStandardOutput)
    signal(SIGHUP, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    var action = sigaction()
    unsafe sigemptyset(&action.sa_mask)
    unsafe action.__sigaction_handler.sa_handler = { ShutdownSignals.handle($0) }
    // A parent may have left them blocked, and then nothing but SIGKILL would end the server.
    var unblocked = sigset_t()
    unsafe sigemptyset(&unblocked)
    for signal in [SIGTERM, SIGINT] {
      unsafe sigaction(signal, &action, nil)
      unsafe sigaddset(&unblocked, signal)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
    return file
  }

  private static func handle(_ signal: Int32) {
    let savedErrno = errno
    defer { errno = savedErrno }
    let isRepeated = lastSignal.exchange(signal, ordering: .acquiringAndReleasing) != 0
    if isRepeated && signal == SIGINT {
      log("You insist... exiting now.")
      if let name = unsafe UnsafePointer<CChar>(bitPattern: temporaryFile.load(ordering: .acquiring)) {
        _ = unsafe unlink(name)
      }
      _exit(1)
    }
    if loading.load(ordering: .relaxed) {
      log("Received shutdown signal during loading, scheduling shutdown.")
    } else {
      log(signal == SIGINT ? "Received SIGINT scheduling shutdown..." : "Received SIGTERM scheduling shutdown...")
    }
    wake()
  }

  private static func log(_ message: StaticString) {
    var text = SignalSafeText(prefixed: ())
    text.append(message)
    text.log()
  }
}
