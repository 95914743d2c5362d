import ConformanceSupport
import Testing

/// The pub/sub commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct PubSubConformanceTests {
  static let module = ModuleConformance(
    groups: ["pubsub"], cases: pubSubCases, writing: [], grammar: pubSubGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}

/// Messages between connections.
@Suite struct DeliveryTests {
  @Test(arguments: [2, 3]) func messagesReachEverySubscriber(version: Int) throws {
    let process = try ServerProcess(.underTest())
    let publisher = try process.connect()
    var subscribers: [RESPClient] = []
    for _ in 0..<50 {
      let client = try process.connect(protocolVersion: version)
      _ = try client.call("SUBSCRIBE news")
      _ = try client.call("PSUBSCRIBE n*")
      subscribers.append(client)
    }
    #expect(try publisher.call("PUBLISH news hello").value.number == 100)
    for client in subscribers {
      let mark = version == 3 ? ">" : "*"
      #expect(try client.receive().raw == Array("\(mark)3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n".utf8))
      #expect(
        try client.receive().raw
          == Array("\(mark)4\r\n$8\r\npmessage\r\n$2\r\nn*\r\n$4\r\nnews\r\n$5\r\nhello\r\n".utf8))
    }
  }

  @Test func keyspaceEventsAreMessages() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--notify-keyspace-events", "KEA"])
    let listener = try process.connect()
    let client = try process.connect()
    _ = try listener.call("PSUBSCRIBE *")
    for command: Command in ["SET a 1", "DEL a", "DEL a"] { _ = try client.call(command) }
    var seen: [String] = []
    for _ in 0..<4 {
      let parts = try listener.receive().value.elements ?? []
      seen.append(parts.suffix(2).compactMap(\.text).joined(separator: " "))
    }
    #expect(seen == ["__keyspace@0__:a set", "__keyevent@0__:set a", "__keyspace@0__:a del", "__keyevent@0__:del a"])
  }

  @Test func subscriptionsEndWithTheConnection() throws {
    let process = try ServerProcess(.underTest())
    let publisher = try process.connect()
    do {
      let client = try process.connect()
      _ = try client.call("SUBSCRIBE a")
      #expect(try publisher.call("PUBLISH a x").value.number == 1)
      _ = try client.receive()
      _ = try client.call("QUIT")
    }
    let deadline = ContinuousClock.now + .seconds(60)
    while try publisher.call("PUBLISH a x").value.number != 0, ContinuousClock.now < deadline {}
    #expect(try publisher.call("PUBSUB NUMSUB a").value.elements?.last?.number == 0)
  }
}
