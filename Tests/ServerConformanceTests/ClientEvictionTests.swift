import ConformanceSupport
import Testing

/// `maxmemory-clients`: who is closed when clients take too much memory together, and who is not.
@Suite struct ClientEvictionTests {
  /// A client under a name, that has sent `bytes` of a request that is not complete.
  private static func makeClient(_ name: String, sending bytes: Int, _ process: ServerProcess) throws -> RESPClient {
    let client = try process.connect()
    #expect(try client.call(["CLIENT", "SETNAME", name]).value.text == "OK")
    // The server may close while the rest is being sent.
    try? client.send(Array("*2\r\n$\(bytes + 1)\r\n".utf8) + [UInt8](repeating: 120, count: bytes))
    return client
  }

  private static func names(_ witness: RESPClient) throws -> [String] {
    let list = try witness.call("CLIENT LIST").value.text ?? ""
    return list.split(separator: " ").compactMap { $0.hasPrefix("name=") ? String($0.dropFirst(5)) : nil }.sorted()
  }

  private static func memory(of name: String, _ witness: RESPClient) throws -> Int {
    let list = try witness.call("CLIENT LIST").value.text ?? ""
    let line = list.split(whereSeparator: \.isNewline).first { $0.contains(" name=\(name) ") }
    let field = line?.split(separator: " ").first { $0.hasPrefix("tot-mem=") }
    return field.flatMap { Int($0.dropFirst(8)) } ?? 0
  }

  @Test func theLargestGoFirstAndOnlyAsManyAsNeeded() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    #expect(try witness.call("CLIENT SETNAME witness").value.text == "OK")
    let sizes = ["small": 200_000, "medium": 1_000_000, "large": 3_000_000]
    var clients: [RESPClient] = []
    for (name, size) in sizes {
      clients.append(try Self.makeClient(name, sending: size, process))
      try BadInputTests.wait { try Self.memory(of: name, witness) >= size }
    }
    #expect(try witness.call("CONFIG SET maxmemory-clients 10mb").value.text == "OK")
    #expect(try Self.names(witness) == ["large", "medium", "small", "witness"])
    #expect(try witness.call("CONFIG SET maxmemory-clients 2mb").value.text == "OK")
    #expect(try Self.names(witness) == ["medium", "small", "witness"])
    #expect(try witness.call("CONFIG SET maxmemory-clients 600kb").value.text == "OK")
    #expect(try Self.names(witness) == ["small", "witness"])
    #expect(try BadInputTests.figure("evicted_clients", "stats", witness) == 2)
    #expect(process.log.contains("Evicting client: id="))
    #expect(try witness.call("CONFIG RESETSTAT").value.text == "OK")
    #expect(try BadInputTests.figure("evicted_clients", "stats", witness) == 0)
  }

  @Test func whoMayNotBeEvictedStays() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--maxmemory-clients", "1mb"])
    let witness = try process.connect()
    #expect(try witness.call("CLIENT NO-EVICT on").value.text == "OK")
    let client = try process.connect()
    #expect(try client.call("CLIENT NO-EVICT on").value.text == "OK")
    #expect(try client.call("CLIENT SETNAME kept").value.text == "OK")
    try client.send(Array("*2\r\n$3000001\r\n".utf8) + [UInt8](repeating: 120, count: 3_000_000))
    try BadInputTests.wait { try Self.memory(of: "kept", witness) >= 3_000_000 }
    #expect(try BadInputTests.figure("evicted_clients", "stats", witness) == 0)
    #expect(process.log.contains("Over client maxmemory after evicting all evictable clients"))
  }

  @Test(arguments: ["multi", "watch", "subscribe", "output"])
  func allThatAClientKeepsCounts(kind: String) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--maxmemory-clients", "1mb"])
    let witness = try process.connect()
    #expect(try witness.call("CLIENT NO-EVICT on").value.text == "OK")
    #expect(try witness.call("SETRANGE long 100000 x").value.number == 100_001)
    let client = try process.connect()
    if kind == "multi" { #expect(try client.call("MULTI").value.text == "OK") }
    try BadInputTests.wait {
      for number in 0..<200 {
        let command: Command =
          switch kind {
          case "multi": ["SET", "key", String(repeating: "x", count: 10_000)]
          case "watch": ["WATCH", "key:\(number):\(Int.random(in: 0..<1_000_000))"]
          case "subscribe": ["SUBSCRIBE", "channel:\(Int.random(in: 0..<1_000_000))"]
          default: ["GET", "long"]
          }
        try? client.send(command)
        if kind != "output" { _ = try? client.receive() }
      }
      return try BadInputTests.figure("evicted_clients", "stats", witness) == 1
    }
    #expect(try BadInputTests.figure("connected_clients", "clients", witness) == 1)
  }

  @Test func aShareOfTheMemoryLimit() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--maxmemory", "100mb", "--maxmemory-clients", "1%"])
    let witness = try process.connect()
    let client = try Self.makeClient("client", sending: 500_000, process)
    try BadInputTests.wait { try Self.memory(of: "client", witness) >= 500_000 }
    #expect(try witness.call("CONFIG SET maxmemory 20mb").value.text == "OK")
    #expect(throws: ConformanceError.self) { try client.receive() }
    #expect(try BadInputTests.figure("evicted_clients", "stats", witness) == 1)
  }
}
