import ConformanceSupport
import Testing

/// What a connection is allowed, told and shown, by what was done on it and to the server before.
@Suite struct ConnectionStateTests {
  /// Requests that are sent at once with QUIT behind them, and the lines that come back until the connection is closed.
  static let pipelines: [(requests: [String], reply: String)] = [
    (["MULTI", "MONITOR", "PING", "EXEC"],
      "+OK|+QUEUED|+QUEUED|*2|-ERR MONITOR isn't allowed for DENY BLOCKING client|+PONG|+OK"),
    (["MULTI", "SSUBSCRIBE a", "PING", "EXEC"],
      "+OK|+QUEUED|+QUEUED|*2|-ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client|+PONG|+OK"),
    (["MULTI", "SUBSCRIBE a", "PING", "EXEC"],
      "+OK|+QUEUED|+QUEUED|*2|*3|$9|subscribe|$1|a|:1|*2|$4|pong|$0||+OK"),
    (["MULTI", "PSUBSCRIBE a", "PING", "EXEC"],
      "+OK|+QUEUED|+QUEUED|*2|*3|$10|psubscribe|$1|a|:1|*2|$4|pong|$0||+OK"),
    (["MULTI", "CLIENT REPLY OFF", "PING", "EXEC", "PING"], "+OK|+QUEUED|+QUEUED|*2"),
    (["MULTI", "CLIENT REPLY SKIP", "PING", "EXEC", "PING", "ECHO b"], "+OK|+QUEUED|+QUEUED|*2|+PONG|$1|b|+OK"),
    (["MULTI", "SET a 1", "CLIENT REPLY OFF", "PING", "CLIENT REPLY ON", "PING", "EXEC", "PING"],
      "+OK|+QUEUED|+QUEUED|+QUEUED|+QUEUED|+QUEUED|*5|+OK|+OK|+PONG|+PONG|+OK"),
    (["CLIENT REPLY OFF", "MULTI", "CLIENT REPLY ON", "PING", "EXEC", "PING"], "+OK|+PONG|+PONG|+OK"),
    (["CLIENT REPLY SKIP", "MULTI", "PING", "EXEC"], "+QUEUED|*1|+PONG|+OK"),
    (["MULTI", "CLIENT REPLY SKIP", "CLIENT REPLY ON", "EXEC", "PING"], "+OK|+QUEUED|+QUEUED|*2|+OK|+OK"),
    (["MULTI", "CLIENT REPLY OFF", "SUBSCRIBE a", "PUBLISH a x", "EXEC", "PING"],
      "+OK|+QUEUED|+QUEUED|+QUEUED|*3|*3|$9|subscribe|$1|a|:1|*3|$7|message|$1|a|$1|x"),
    (["MULTI", "SET a 1", "CLIENT KILL TYPE normal SKIPME no", "SET killed 1", "PING", "EXEC", "PING"],
      "+OK|+QUEUED|+QUEUED|+QUEUED|+QUEUED|*4|+OK|:1"),
    (["CLIENT KILL TYPE normal SKIPME no", "PING"], ":1"),
  ]

  @Test(arguments: pipelines.indices) func pipelinesAreAnsweredAsByRedis(index: Int) throws {
    let (requests, reply) = Self.pipelines[index]
    for binary in Self.binaries {
      let process = try ServerProcess(binary)
      let client = try process.connect()
      // The connection that told whether the server is up may not be closed yet.
      try BadInputTests.wait {
        try client.call("INFO clients").value.text?.contains("connected_clients:1\r\n") ?? false
      }
      try client.send(Array((requests + ["QUIT"]).map { $0 + "\r\n" }.joined().utf8))
      let lines = String(decoding: try client.receiveRest(), as: UTF8.self).split(
        separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.dropLast().joined(separator: "|") == reply, "\(requests) of \(binary.path)")
      // Commands of a killed client's transaction are executed nevertheless.
      if requests.contains("SET killed 1") { #expect(try process.connect().call("EXISTS killed").value.number == 1) }
    }
  }

  /// By the time CLIENT KILL is answered the connection is closed: nobody finds what hangs on it still up.
  @Test func whoIsKilledIsGoneBeforeTheReply() throws {
    for binary in Self.binaries {
      let process = try ServerProcess(binary)
      let killer = try process.connect()
      var late = 0
      for _ in 0..<500 {
        let victim = try process.connect()
        let id = try #require(try victim.call("CLIENT ID").value.number)
        #expect(try killer.call(["CLIENT", "KILL", "ID", "\(Int(id))"]).value.number == 1)
        // The end of the connection is an error; nothing to read is none.
        do { late += try victim.receive(within: .zero) == nil ? 1 : 0 } catch {}
      }
      #expect(late == 0, "\(binary.path)")
    }
  }

  private static var binaries: [ServerBinary] { [ServerBinary.oracle(), .underTest()].compactMap { $0 } }

  private static let needed = "-NOAUTH Authentication required."

  /// Connections by names, `admin` the first, what each sends, and how the reply begins.
  static let passwords: [(client: String, command: Command, reply: String)] = [
    ("early", "PING", "+PONG"), ("admin", "CONFIG SET requirepass x", "+OK"),
    // A password does not concern those who are in.
    ("early", "PING", "+PONG"), ("late", "PING", needed), ("admin", "CONFIG SET requirepass \"\"", "+OK"),
    // Without one nobody has to authenticate, but who has not is known.
    ("late", "PING", "+PONG"), ("late", "HELLO", "-NOAUTH HELLO must be called with the client already authenticated"),
    ("admin", "CONFIG SET requirepass y", "+OK"), ("late", "PING", needed), ("early", "PING", "+PONG"),
    ("late", "AUTH y", "+OK"), ("admin", "CONFIG SET requirepass z", "+OK"), ("late", "PING", "+PONG"),
    ("late", "RESET", "+RESET"), ("late", "PING", needed), ("admin", "CONFIG SET requirepass \"\"", "+OK"),
    ("late", "RESET", "+RESET"), ("late", "HELLO", "*14"), ("admin", "CONFIG SET requirepass x", "+OK"),
    ("late", "PING", "+PONG"), ("other", "PING", needed), ("admin", "CONFIG SET requirepass \"\"", "+OK"),
    ("other", "AUTH x", "-ERR AUTH <password> called without any password configured"),
    ("other", "AUTH default any", "+OK"), ("admin", "CONFIG SET requirepass x", "+OK"), ("other", "PING", "+PONG"),
    ("other", "AUTH wrong", "-WRONGPASS"), ("other", "PING", "+PONG"),
  ]

  @Test func aPasswordConcernsWhoComesAfterIt() throws {
    for binary in Self.binaries {
      let process = try ServerProcess(binary)
      var clients = ["admin": try process.connect()]
      for (index, (name, command, reply)) in Self.passwords.enumerated() {
        let client = try clients[name] ?? process.connect()
        clients[name] = client
        let actual = String(decoding: try client.call(command).raw, as: UTF8.self)
        #expect(actual.hasPrefix(reply), "step \(index), \(name): \(command) of \(binary.path)")
      }
    }
  }

  /// What a connection sends, and what CLIENT LIST says it asked for last.
  static let lastCommands: [(requests: [String], shown: String)] = [
    ([], "NULL"), (["NOSUCH"], "NULL"), (["PING", "NOSUCH"], "NULL"), (["PING", "CLIENT NOSUCH"], "NULL"),
    (["GET"], "get"), (["CLIENT"], "client"), (["CONFIG GET"], "config|get"), (["MULTI", "GET a"], "get"),
    (["MULTI", "GET"], "get"), (["MULTI", "GET a", "EXEC"], "exec"), (["SUBSCRIBE a", "GET a"], "get"),
    (["MONITOR"], "monitor"), (["BLPOP l 0", "GET a"], "blpop"), (["CLIENT PAUSE 100000 WRITE", "SET a 1"], "set"),
    (["CONFIG SET requirepass x", "RESET", "GET a"], "get"),
  ]

  @Test(arguments: lastCommands.indices) func theLastRequestIsShownWhateverBecameOfIt(index: Int) throws {
    let (requests, shown) = Self.lastCommands[index]
    for binary in Self.binaries {
      let process = try ServerProcess(binary)
      let witness = try process.connect()
      let client = try process.connect()
      try client.send(Array(requests.map { $0 + "\r\n" }.joined().utf8))
      try BadInputTests.wait { try InputTests.clientList(witness).contains { $0["cmd"] == shown } }
    }
  }

  /// A monitor is a kind of replica, which asks for no keys itself and waits as long as it takes.
  @Test func aMonitorHasNoBusinessWithTheDataSet() throws {
    let refusal = "-ERR Replica can't interact with the keyspace"
    for binary in Self.binaries {
      let process = try ServerProcess(binary)
      let monitor = try process.connect()
      #expect(try monitor.call("MONITOR").value.text == "OK")
      for (command, reply) in [
        ("GET a", refusal), ("SET a 1", refusal), ("PUBLISH a b", refusal), ("KEYS *", refusal), ("DBSIZE", refusal),
        ("FLUSHALL", refusal), ("SWAPDB 0 1", refusal), ("RANDOMKEY", refusal),
      ] {
        let actual = String(decoding: try monitor.call(Command(line: command)).raw, as: UTF8.self)
        #expect(actual == reply + "\r\n", "\(command) of \(binary.path)")
      }
      try monitor.send("RESET")
      while try monitor.receive().value.text != "RESET" {}
      #expect(try monitor.call("EXISTS a").value.number == 0)
    }
  }

  @Test func aMonitorIsNeverIdle() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--timeout", "1"])
    let monitor = try process.connect()
    #expect(try monitor.call("MONITOR").value.text == "OK")
    let idle = try process.connect()
    _ = try idle.call("PING")
    // Nothing happens from here on: what a monitor is told of would count.
    #expect(throws: ConformanceError.self) { try idle.receive() }
    let witness = try process.connect()
    #expect(try InputTests.clientList(witness).contains { $0["flags"] == "O" })
  }

  @Test func aMonitorThatNeverReadsIsDisconnected() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-output-buffer-limit", "normal 1mb 0 0"])
    let witness = try process.connect()
    let monitor = try process.connect()
    #expect(try monitor.call("MONITOR").value.text == "OK")
    let large = Command(["ECHO", String(repeating: "x", count: 100_000)])
    for _ in 0..<200 { _ = try witness.call(large) }
    #expect(try BadInputTests.figure("connected_clients", "clients", witness) == 1)
  }

  /// CLIENT NO-TOUCH concerns the calls of one client, TOUCH apart, also inside a transaction.
  @Test func whoLeavesNoTraceLeavesThoseOfOthers() throws {
    let process = try ServerProcess(.underTest())
    let silent = try process.connect(), other = try process.connect()
    func idleSeconds() throws -> Int64 {
      guard case .integer(let seconds) = try other.call("OBJECT IDLETIME key").value else { return -1 }
      return seconds
    }
    _ = try silent.call("CLIENT NO-TOUCH ON")
    for touches in [false, true] {
      _ = try other.call("SET key value")
      try BadInputTests.wait { try idleSeconds() >= 2 }
      _ = try silent.call("GET key")
      #expect(try idleSeconds() >= 2)
      if touches {
        for command in ["MULTI", "TOUCH key", "EXEC"] as [Command] { _ = try silent.call(command) }
      } else {
        _ = try other.call("GET key")
      }
      #expect(try idleSeconds() < 2)
    }
  }
}
