import ConformanceSupport
import Glibc
import Testing

/// Input that no client should send, and clients that behave as none should: each gets a clear answer, or loses its
/// connection, and nobody else notices.
@Suite struct BadInputTests {
  /// What breaks the protocol, and the answer before the connection is closed.
  static let malformed: [(input: String, error: String)] = [
    ("*x\r\n", "invalid multibulk length"),
    ("*2147483648\r\n", "invalid multibulk length"),
    ("*9223372036854775808\r\n", "invalid multibulk length"),
    ("*1\r\nPING\r\n", "expected '$', got 'P'"),
    ("*1\r\n:4\r\n", "expected '$', got ':'"),
    ("*1\r\n$x\r\nPING\r\n", "invalid bulk length"),
    ("*1\r\n$-1\r\n", "invalid bulk length"),
    ("*1\r\n$536870913\r\n", "invalid bulk length"),
    ("*2\r\n$3\r\nGET\r\n$9223372036854775808\r\n", "invalid bulk length"),
    ("*" + String(repeating: "1", count: 70_000), "too big mbulk count string"),
    ("*1\r\n$" + String(repeating: "1", count: 70_000), "too big bulk count string"),
    (String(repeating: "x", count: 70_000), "too big inline request"),
    ("SET a \"open\r\n", "unbalanced quotes in request"),
    ("SET a 'b'c\r\n", "unbalanced quotes in request"),
  ]

  @Test func brokenProtocolEndsTheConnectionOnly() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    for (input, error) in Self.malformed {
      let client = try process.connect()
      try client.send(Array(input.utf8))
      #expect(try client.receive().raw == Array("-ERR Protocol error: \(error)\r\n".utf8), "\(input.prefix(30))")
      #expect(throws: ConformanceError.self) { try client.receive() }
      #expect(try witness.call("PING").value.text == "PONG")
    }
    #expect(try Self.figure("connected_clients", "clients", witness) == 1)
  }

  @Test(arguments: Self.malformed.map(\.input))
  func brokenProtocolIsAnsweredAsByRedis(input: String) throws {
    guard let oracle = ServerBinary.oracle() else { return print(ConformanceRunner.oracleNotice) }
    let replies = try [ServerBinary.underTest(), oracle].map { binary in
      let process = try ServerProcess(binary)
      let client = try process.connect()
      try client.send(Array(input.utf8))
      return try client.receive().raw
    }
    #expect(replies[0] == replies[1])
  }

  @Test func whoHasNotAuthenticatedMaySendLittle() throws {
    let process = try ServerProcess(.underTest())
    #expect(try process.connect().call("CONFIG SET requirepass secret").value.text == "OK")
    for (input, error) in [
      ("*11\r\n", "unauthenticated multibulk length"), ("*1\r\n$16385\r\n", "unauthenticated bulk length"),
    ] {
      let client = try process.connect()
      try client.send(Array(input.utf8))
      #expect(try client.receive().raw == Array("-ERR Protocol error: \(error)\r\n".utf8))
      #expect(throws: ConformanceError.self) { try client.receive() }
    }
  }

  @Test func halfARequestAndAClosedConnectionChangeNothing() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    let request: Command = "SET key value"
    for count in 1..<request.encoded.count {
      let client = try process.connect()
      try client.send(Array(request.encoded[..<count]))
    }
    try Self.wait { try Self.figure("connected_clients", "clients", witness) == 1 }
    #expect(try witness.call("EXISTS key").value.number == 0)
  }

  @Test func aRequestThatGrowsWithoutEndIsCutOff() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-query-buffer-limit", "1mb"])
    let witness = try process.connect()
    let client = try process.connect()
    let flood = Array("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$100000000\r\n".utf8) + [UInt8](repeating: 120, count: 4 << 20)
    // The server may close while the rest is being sent.
    try? client.send(flood)
    #expect(throws: ConformanceError.self) { try client.receive() }
    try Self.wait { try Self.figure("connected_clients", "clients", witness) == 1 }
    #expect(try witness.call("EXISTS key").value.number == 0)
    #expect(process.log.contains("Closing client that reached max query buffer length"))
  }

  @Test(arguments: ["normal 1mb 0 0", "normal 0 1mb 1"])
  func aClientThatNeverReadsIsDisconnected(limit: String) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-output-buffer-limit"] + [limit])
    let witness = try process.connect()
    _ = try witness.call(Command(["SET", "key", String(repeating: "x", count: 100_000)]))
    let client = try process.connect()
    // The server may close while the rest is being sent.
    for _ in 0..<400 { try? client.send("GET key") }
    try Self.wait { try Self.figure("connected_clients", "clients", witness) == 1 }
    #expect(process.log.contains("scheduled to be closed ASAP for overcoming of output buffer limits"))
    #expect(try witness.call("STRLEN key").value.number == 100_000)
  }

  @Test func aSubscriberThatNeverReadsIsDisconnected() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-output-buffer-limit", "pubsub 1mb 0 0"])
    let publisher = try process.connect()
    let subscriber = try process.connect()
    _ = try subscriber.call("SUBSCRIBE news")
    let message = Command(["PUBLISH", "news", String(repeating: "x", count: 100_000)])
    try Self.wait { try publisher.call(message).value.number == 0 }
    #expect(try Self.figure("connected_clients", "clients", publisher) == 1)
  }

  /// As many descriptors as the test needs, where the system allows them.
  static let hasDescriptors: Bool = {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_max >= 11_000 else { return false }
    limit.rlim_cur = limit.rlim_max
    return unsafe setrlimit(resource, &limit) == 0
  }()

  @Test(.enabled(if: hasDescriptors, "the system allows too few open files"))
  func tenThousandConnectionsAreServedAndNoMore() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    var clients: [RESPClient] = []
    for _ in 1..<10_000 { clients.append(try process.connect()) }
    for client in clients { try client.send("PING") }
    for client in clients { #expect(try client.receive().value.text == "PONG") }
    #expect(try Self.figure("connected_clients", "clients", witness) == 10_000)

    for _ in 0..<10 {
      let client = try process.connect()
      #expect(try client.receive().raw == Array("-ERR max number of clients reached\r\n".utf8))
      #expect(throws: ConformanceError.self) { try client.receive() }
    }
    #expect(try Self.figure("rejected_connections", "stats", witness) == 10)

    clients.removeAll()
    try Self.wait { try Self.figure("connected_clients", "clients", witness) == 1 }
    #expect(try process.connect().call("PING").value.text == "PONG")
  }

  static func figure(_ name: String, _ section: String, _ client: RESPClient) throws -> Int? {
    let info = try client.call(["INFO", section]).value.text ?? ""
    let line = info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("\(name):") }
    return line.flatMap { Int($0.dropFirst(name.count + 1)) }
  }

  /// Waits until the server has come so far.
  static func wait(until condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try !condition() {
      if ContinuousClock.now > deadline { throw ConformanceError("the server does not get there") }
      usleep(2000)
    }
  }
}
