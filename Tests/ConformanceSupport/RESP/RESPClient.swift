/// A blocking connection to a server on this machine.
public final class RESPClient {
  private let socket: Socket
  private var buffer: [UInt8] = []

  /// How long a reply may take.
  public var timeout: Duration

  /// RESP3 messages that came between replies: published messages, invalidations.
  public private(set) var pushes: [RESPReply] = []

  /// Connects; `protocolVersion` 3 says HELLO 3.
  public init(port: UInt16, protocolVersion: Int = 2, timeout: Duration = .seconds(180)) throws(ConformanceError) {
    socket = try Socket(port: port)
    self.timeout = timeout
    if protocolVersion == 3 {
      let reply = try call("HELLO 3")
      if reply.value.isError { throw ConformanceError("HELLO 3 is answered with \(reply)") }
    }
  }

  /// Sends bytes as they are.
  public func send(_ bytes: [UInt8]) throws(ConformanceError) {
    try socket.send(bytes)
  }

  /// Sends a command without waiting for its reply.
  public func send(_ command: Command) throws(ConformanceError) {
    try socket.send(command.encoded)
  }

  /// Sends a command and returns its reply; messages that come in between are kept in `pushes`.
  public func call(_ command: Command) throws(ConformanceError) -> RESPReply {
    try send(command)
    while true {
      let reply: RESPReply
      do throws(ConformanceError) { reply = try receive() } catch { throw ConformanceError("\(command): \(error)") }
      if case .push(let parts) = reply.value, let kind = parts.first?.text, RESPClient.messages.contains(kind) {
        pushes.append(reply)
      } else {
        return reply
      }
    }
  }

  /// The next reply or message, whichever comes first.
  public func receive() throws(ConformanceError) -> RESPReply {
    while true {
      if !buffer.isEmpty, let (value, length) = try RESPParser.parse(buffer) {
        defer { buffer.removeFirst(length) }
        return RESPReply(value: value, raw: Array(buffer[..<length]))
      }
      let arrived = try socket.receive(timeout: timeout)
      guard !arrived.isEmpty else { throw ConformanceError("the server closed the connection") }
      buffer += arrived
    }
  }

  /// As `receive`, but nil when nothing arrives for so long.
  public func receive(within limit: Duration) throws(ConformanceError) -> RESPReply? {
    if buffer.isEmpty, !socket.hasInput(within: limit) { return nil }
    return try receive()
  }

  /// All bytes until the server closes the connection.
  public func receiveRest() throws(ConformanceError) -> [UInt8] {
    var rest: [UInt8] = []
    swap(&rest, &buffer)
    while true {
      let arrived = try socket.receive(timeout: timeout)
      if arrived.isEmpty { return rest }
      rest += arrived
    }
  }

  /// Closes the connection.
  public func close() { socket.shutDown() }

  /// The kinds of push that answer no command.
  private static let messages: Set<String> = ["message", "pmessage", "smessage", "invalidate"]
}
