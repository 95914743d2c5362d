import ConformanceSupport
import Testing

/// What clients ask for without end, and what an administrator changes while they are connected.
@Suite struct LimitTests {
  /// A reply whose length is the client's choice is cut off: by the client's limit, or by the server's own.
  @Test(arguments: ["normal 1mb 0 0", "normal 0 0 0"])
  func aReplyWithoutEndEnds(limit: String) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-output-buffer-limit", limit])
    let witness = try process.connect()
    _ = try witness.call(Command(["HSET", "hash", String(repeating: "f", count: 100_000), "v"]))
    let requests: [Command] = [
      "HRANDFIELD hash -9223372036854775807", "HRANDFIELD hash -4611686018427387903 WITHVALUES",
    ]
    let clients = try requests.map { request in
      let client = try process.connect()
      try client.send(request)
      return client
    }
    for client in clients { #expect(throws: ConformanceError.self) { try client.receive() } }
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(try BadInputTests.figure("used_memory", "memory", witness) ?? .max < 32 << 20)
  }

  /// A client that is closed in the midst of its transaction leaves the others' commands and its own effects.
  @Test func aReplyThatIsCutOffIsExecutedNevertheless() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-output-buffer-limit", "normal 1mb 0 0"])
    let witness = try process.connect()
    _ = try witness.call("DEBUG POPULATE 100000")
    let client = try process.connect()
    for request: Command in ["MULTI", "KEYS *", "SCAN 0 COUNT 100000", "RPUSH list a b c", "LRANGE list 0 -1", "EXEC"] {
      try client.send(request)
    }
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(try witness.call("LLEN list").value.number == 3)
  }

  @Test func pausesFollowOneAnotherWithoutATrace() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    let before = try BadInputTests.figure("used_memory", "memory", witness) ?? 0
    let client = try process.connect()
    try client.send("CLIENT REPLY OFF")
    let pause = ("CLIENT PAUSE 100000000 WRITE" as Command).encoded
    for _ in 0..<100 { try client.send((0..<1000).flatMap { _ in pause }) }
    try client.send("CLIENT REPLY ON")
    #expect(try client.receive().value.text == "OK")
    client.close()
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(try BadInputTests.figure("used_memory", "memory", witness) ?? .max < before + 4 << 20)
    try witness.send("CLIENT UNPAUSE")
    #expect(try witness.receive().value.text == "OK")
    #expect(try witness.call("SET a 1").value.text == "OK")
  }

  /// Addresses of this machine, each with the reply to taking it over and what holds afterwards.
  @Test func whereItListensCanBeChanged() throws {
    let free = try ServerProcess(.underTest())
    let port = free.port
    free.stop()
    for binary in [ServerBinary.oracle(), .underTest()] {
      guard let binary else { continue }
      let process = try ServerProcess(binary)
      let client = try process.connect()
      let failure = "-ERR CONFIG SET failed (possibly related to argument"
      for (assignments, reply) in [
        ("bind '127.0.0.1 127.0.0.2'", "+OK"), ("bind 127.0.0.1", "+OK"), ("bind '127.0.0.1 127.0.0.3'", "+OK"),
        ("bind '127.0.0.1 127.0.0.1'", "\(failure) 'bind') - Failed to bind to specified addresses."),
        ("bind '127.0.0.1 203.0.113.1'", "\(failure) 'bind') - Failed to bind to specified addresses."),
        ("bind '127.0.0.1 -203.0.113.1'", "+OK"), ("port \(port) bind '127.0.0.1 127.0.0.2'", "+OK"),
        ("port \(process.port) bind '*'", "+OK"), ("bind 127.0.0.1", "+OK"), ("bind '* ::*'", "+OK"),
        ("bind 203.0.113.1", "\(failure) 'bind') - Failed to bind to specified addresses."), ("bind 127.0.0.1", "+OK"),
        ("port \(port) bind 203.0.113.1", "\(failure) 'port') - Unable to listen on this port. Check server logs."),
        ("bind 203.0.113.1 port \(port)", "\(failure) 'bind') - Failed to bind to specified addresses."),
        ("port 0", "+OK"), ("port \(process.port)", "+OK"),
      ] {
        let line = "CONFIG SET " + assignments.map { $0 == "'" ? "\"" : String($0) }.joined()
        let actual = String(decoding: try client.call(Command(line: line)).raw, as: UTF8.self)
        #expect(actual == reply + "\r\n", "\(assignments) of \(binary.path)")
      }
      #expect(try process.connect().call("PING").value.text == "PONG")
      #expect(throws: ConformanceError.self) { try RESPClient(port: port) }
    }
  }
}
