import Glibc
import Synchronization

/// A server on a free port with a directory of its own; both go away with the object, or with the test process.
public final class ServerProcess: Sendable {
  public let binary: ServerBinary
  public let port: UInt16
  /// The working directory, where the server keeps its files and its log.
  public let directory: String
  private let arguments: [String]
  private let child: Mutex<ChildProcess?>

  /// Starts a server and waits until it answers PING; throws with its log when it does not.
  ///
  /// Its arguments are the binary's own (a configuration file would come first), then its port and directory, no
  /// snapshots and DEBUG allowed, then these, which may override that.
  public init(_ binary: ServerBinary, arguments: [String] = []) throws(ConformanceError) {
    self.binary = binary
    self.arguments = arguments
    port = try Socket.freePort()
    var template = Array("/tmp/goredis-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw ConformanceError("mkdtemp: \(systemError())") }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    child = Mutex(nil)
    try start()
  }

  deinit {
    killNow()
    try? ChildProcess.run("rm", ["-rf", directory])
  }

  /// What the server has printed so far.
  public var log: String { String(decoding: contents(of: directory + "/log") ?? [], as: UTF8.self) }

  /// The commands in the append-only file that a new server began, one a line of words.
  public var journal: [String] {
    var rest = contents(of: directory + "/appendonlydir/appendonly.aof.1.incr.aof") ?? []
    var commands: [String] = []
    while !rest.isEmpty, let (command, length) = try? RESPParser.parse(rest) {
      commands.append((command.elements ?? []).map { $0.text ?? "?" }.joined(separator: " "))
      rest.removeFirst(length)
    }
    return commands
  }

  /// The id of the running process.
  public var processID: pid_t? { child.withLock { $0?.id } }

  /// A new connection.
  public func connect(
    protocolVersion: Int = 2, timeout: Duration = .seconds(180)
  ) throws(ConformanceError) -> RESPClient
  {
    try RESPClient(port: port, protocolVersion: protocolVersion, timeout: timeout)
  }

  /// Starts the server again in the same directory, after `stop` or `killNow`.
  public func start() throws(ConformanceError) {
    guard processID == nil else { return }
    let common = [
      "--port", "\(port)", "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--enable-debug-command", "yes",
      "--enable-protected-configs", "yes",
    ]
    let started = try ChildProcess.start(
      binary.path, binary.arguments + common + arguments, in: directory)
    child.withLock { $0 = started }
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if let client = try? connect(), let reply = try? client.call("PING"),
        reply.value == .simpleString(Array("PONG".utf8))
      {
        return
      }
      if started.hasEnded(within: .milliseconds(10)) {
        child.withLock { $0 = nil }
        started.release()
        throw ConformanceError("\(binary.path) ended at once:\n\(log)")
      }
    }
    killNow()
    throw ConformanceError("\(binary.path) does not answer PING:\n\(log)")
  }

  /// Ends the server as an administrator would, with SIGTERM; kills it after ten seconds.
  public func stop() { end(with: SIGTERM) }

  /// Ends the server as a crash would, with SIGKILL.
  public func killNow() { end(with: SIGKILL) }

  /// Stops the server and starts it again on the same data.
  public func restart() throws(ConformanceError) {
    stop()
    try start()
  }

  private func end(with signal: Int32) {
    child.withLock { child in
      guard let running = child else { return }
      running.signal(signal)
      if !running.hasEnded(within: .seconds(10)) {
        running.signal(SIGKILL)
        _ = running.hasEnded(within: .seconds(10))
      }
      running.release()
      child = nil
    }
  }
}
