import Glibc

/// A child process that is always reaped, and that does not outlive its parent.
struct ChildProcess: Sendable {
  let id: pid_t
  /// A shell that waits for this process to end, however it ends, and then kills the child and tidies up.
  private let watchdog: pid_t
  /// The end of a pipe that keeps the watchdog waiting.
  private let leash: Int32

  /// Starts a program with standard input from nowhere and its output appended to the file `log` of a directory,
  /// which the watchdog removes.
  static func start(_ path: String, _ arguments: [String], in directory: String) throws(ConformanceError)
    -> ChildProcess
  {
    let id = try spawn(path, arguments, input: -1, output: directory + "/log")
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw ConformanceError("pipe: \(systemError())") }
    // The child must not hold the leash itself.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let watchdog = try spawn(
      "/bin/sh", ["-c", "read -r _; kill -9 \(id); rm -rf \(directory)"], input: ends[0],
      output: "/dev/null")
    return ChildProcess(id: id, watchdog: watchdog, leash: ends[1])
  }

  /// Runs a program to its end.
  static func run(_ path: String, _ arguments: [String]) throws(ConformanceError) {
    var status: Int32 = 0
    _ = unsafe waitpid(try spawn(path, arguments, input: -1, output: "/dev/null"), &status, 0)
  }

  /// Runs a program to its end, for a minute at most, and returns what it printed and its exit status; -1 when a
  /// signal ended it.
  static func output(of path: String, _ arguments: [String]) throws(ConformanceError) -> (text: String, status: Int32) {
    var template = Array("/tmp/goredis-test-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw ConformanceError("mkstemp: \(systemError())") }
    let file = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      close(descriptor)
      unsafe unlink(file)
    }
    let id = try spawn(path, arguments, input: -1, output: file)
    let deadline = ContinuousClock.now + .seconds(60)
    var status: Int32 = 0
    while unsafe waitpid(id, &status, WNOHANG) == 0 {
      if ContinuousClock.now > deadline { kill(id, SIGKILL) }
      pause(.milliseconds(2))
    }
    let hasExited = status & 0x7f == 0
    return (String(decoding: contents(of: file) ?? [], as: UTF8.self), hasExited ? status >> 8 & 0xff : -1)
  }

  func signal(_ number: Int32) { kill(id, number) }

  /// Whether the child has ended within the time; it is reaped then.
  func hasEnded(within timeout: Duration) -> Bool {
    var status: Int32 = 0
    let deadline = ContinuousClock.now + timeout
    while unsafe waitpid(id, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else { return false }
      pause(.milliseconds(2))
    }
    return true
  }

  /// Ends the watchdog; to be called once the child has been reaped.
  func release() {
    var status: Int32 = 0
    kill(watchdog, SIGKILL)
    _ = unsafe waitpid(watchdog, &status, 0)
    close(leash)
  }

  /// posix_spawn with no signal blocked or ignored, whatever this process does with its own.
  private static func spawn(
    _ path: String, _ arguments: [String], input: Int32, output: String
  ) throws(ConformanceError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if input >= 0 {
      unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map { unsafe strdup($0) }
    defer { unsafe words.forEach { unsafe free($0) } }
    unsafe words.append(nil)
    var id: pid_t = 0
    let result = unsafe posix_spawnp(&id, path, &actions, &attributes, words, environ)
    guard result == 0 else {
      throw ConformanceError("cannot start \(path): \(unsafe String(cString: strerror(result)))")
    }
    return id
  }
}
