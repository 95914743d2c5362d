import ConformanceSupport
import Testing

/// The connection and server commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct ServerConformanceTests {
  static let module = ModuleConformance(
    groups: ["connection", "server"],
    cases: connectionCases + clientCases + commandCases + configurationCases + dataSetCases + debugCases
      + informationCases + monitoringCases + replicationCases,
    writing: dataSetCases, grammar: serverGrammar,
    // Commands that end the server or the order of replies: they have tests of their own. And the persistence's.
    withoutCase: ["shutdown", "monitor", "bgrewriteaof"])

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}

/// What takes more than one connection, or commands without a reply.
@Suite struct ServerConnectionTests {
  @Test func repliesCanBeSwitchedOff() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    for command: Command in ["CLIENT REPLY OFF", "PING", "SET a 1", "BAD", "GET"] { try client.send(command) }
    #expect(try client.call("CLIENT REPLY ON").value.text == "OK")
    try client.send("CLIENT REPLY SKIP")
    try client.send("PING")
    #expect(try client.call("GET a").value.text == "1")
  }

  @Test func monitorSeesCommandsWithoutSecrets() throws {
    let process = try ServerProcess(.underTest())
    let monitor = try process.connect()
    #expect(try monitor.call("MONITOR").value.text == "OK")
    let client = try process.connect()
    for command: Command in [
      "SET key \"a \\\"b\\\" \\xff\"", "AUTH user secret", "CONFIG SET requirepass \"\"", "MULTI", "GET key", "EXEC",
    ] { _ = try client.call(command) }
    var lines: [String] = []
    for _ in 0..<5 { lines.append(try monitor.receive().value.text ?? "") }
    let shown = lines.map { String($0.drop { $0 != "]" }.dropFirst(2)) }
    #expect(
      shown == [
        #""SET" "key" "a \"b\" \xff""#, #""AUTH" "(redacted)" "(redacted)""#, #""MULTI""#, #""GET" "key""#, #""EXEC""#,
      ])
  }

  @Test func shutdownEndsTheProcess() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    #expect(try client.call("SHUTDOWN ABORT").raw == Array("-ERR No shutdown in progress.\r\n".utf8))
    #expect(try client.call("SHUTDOWN SAVE NOSAVE").raw == Array("-ERR syntax error\r\n".utf8))
    #expect(try client.call("SHUTDOWN NOSAVE ABORT").raw == Array("-ERR syntax error\r\n".utf8))
    #expect(throws: ConformanceError.self) { try client.call("SHUTDOWN NOSAVE") }
    #expect(process.log.contains("ready to exit, bye bye"))
  }

  @Test func passwordIsAskedFor() throws {
    let process = try ServerProcess(.underTest())
    #expect(try process.connect().call("CONFIG SET requirepass secret").value.text == "OK")
    let client = try process.connect()
    for (command, reply) in [
      ("GET a", "-NOAUTH Authentication required.\r\n"),
      ("AUTH wrong", "-WRONGPASS invalid username-password pair or user is disabled.\r\n"),
      ("AUTH other secret", "-WRONGPASS invalid username-password pair or user is disabled.\r\n"),
      ("AUTH a b c", "-ERR syntax error\r\n"), ("AUTH secret", "+OK\r\n"), ("GET a", "$-1\r\n"),
      ("RESET", "+RESET\r\n"), ("GET a", "-NOAUTH Authentication required.\r\n"),
      ("AUTH default secret", "+OK\r\n"), ("GET a", "$-1\r\n"),
    ] { #expect(try client.call(Command(line: command)).raw == Array(reply.utf8), "\(command)") }
  }

  @Test func commandsCanBeRenamedAndTakenAway() throws {
    let process = try ServerProcess(
      .underTest(), arguments: ["--rename-command", "flushdb", "badger", "--rename-command", "flushall", ""])
    let client = try process.connect()
    #expect(try client.call("FLUSHDB").value.isError)
    #expect(try client.call("FLUSHALL").value.isError)
    #expect(try client.call("BADGER").value.text == "OK")
  }

  @Test func pauseHoldsWritesBack() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    let other = try process.connect()
    #expect(try client.call("CLIENT PAUSE 100000 WRITE").value.text == "OK")
    try other.send("SET a 1")
    #expect(try client.call("GET a").raw == Array("$-1\r\n".utf8))
    #expect(try client.call("CLIENT UNPAUSE").value.text == "OK")
    #expect(try other.receive().value.text == "OK")
    #expect(try client.call("GET a").value.text == "1")
  }

  @Test func killedClientsAreDisconnected() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    let victim = try process.connect()
    let id = try victim.call("CLIENT ID").value.number ?? 0
    #expect(try client.call(["CLIENT", "KILL", "ID", "\(Int(id))"]).raw == Array(":1\r\n".utf8))
    #expect(throws: ConformanceError.self) { try victim.call("PING") }
    #expect(try client.call(["CLIENT", "KILL", "ID", "\(Int(id))"]).raw == Array(":0\r\n".utf8))
  }
}
