import ConformanceSupport
import Glibc
import Testing

/// How requests are taken in: as fast as they are executed and no faster, in time and memory that follow what was sent.
@Suite(.serialized) struct InputTests {
  /// Unexecuted input of a client that sends faster than it is served, bytes: one read, and what one left over.
  static let inputBound = 160 << 10

  @Test func whoHasNotAuthenticatedIsReadNoFasterThanServed() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    #expect(try witness.call("CONFIG SET requirepass secret").value.text == "OK")
    let client = try process.connect()
    try client.send(Self.pings(60_000))
    let largest = try Self.largestInput(witness) {
      try BadInputTests.figure("total_error_replies", "stats", witness) == 60_000
    }
    #expect(largest < Self.inputBound)
  }

  /// What may be sent after AUTH does not depend on whether its reply was waited for.
  @Test func authenticationCountsForWhatFollowsIt() throws {
    let process = try ServerProcess(.underTest())
    #expect(try process.connect().call("CONFIG SET requirepass secret").value.text == "OK")
    let large = Command(["SET", "key", String(repeating: "x", count: 20_000)])
    let many = Command(["DEL"] + (0..<20).map { "key:\($0)" })
    let client = try process.connect()
    try client.send((["PING", "AUTH secret", large, many] as [Command]).flatMap(\.encoded))
    #expect(try client.receive().raw == Array("-NOAUTH Authentication required.\r\n".utf8))
    #expect(try client.receive().value.text == "OK")
    #expect(try client.receive().value.text == "OK")
    #expect(try client.receive().value.number == 0)

    let other = try process.connect()
    try other.send((["PING", "AUTH wrong", large] as [Command]).flatMap(\.encoded))
    #expect(try other.receive().raw == Array("-NOAUTH Authentication required.\r\n".utf8))
    #expect(try other.receive().value.text?.hasPrefix("WRONGPASS") ?? false)
    #expect(try other.receive().raw == Array("-ERR Protocol error: unauthenticated bulk length\r\n".utf8))
  }

  @Test func whoHasNotAuthenticatedHasToReadItsReplies() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    #expect(try witness.call("CONFIG SET requirepass secret").value.text == "OK")
    let client = try process.connect()
    // The server closes while this is being sent.
    for _ in 0..<50 { try? client.send(Self.pings(100_000)) }
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(process.log.contains("overcoming of output buffer limits"))
  }

  /// Errors and the word QUEUED count as other replies do where nobody reads them.
  @Test(arguments: ["NOSUCHCOMMAND\r\n", "GET\r\n", "MULTI\r\n"])
  func answersToWhatIsNotExecutedPileUpToTheLimit(first: String) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-output-buffer-limit", "normal 1mb 0 0"])
    let witness = try process.connect()
    let client = try process.connect()
    let line = Array((first == "MULTI\r\n" ? "GET a\r\n" : first).utf8)
    let lines = Array(repeatElement(line, count: 50_000).joined())
    try? client.send(Array(first.utf8))
    for _ in 0..<20 { try? client.send(lines) }
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(process.log.contains("overcoming of output buffer limits"))
  }

  /// Small requests are many, but none of them is large.
  @Test func aLongPipelineIsReadNoFasterThanServed() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--client-query-buffer-limit", "1mb"])
    let witness = try process.connect()
    let client = try process.connect()
    try client.send("CLIENT REPLY OFF")
    try client.send(Self.pings(1_000_000))
    try client.send("CLIENT REPLY ON")
    var reply: RESPReply?
    let largest = try Self.largestInput(witness) {
      reply = try client.receive(within: .milliseconds(1))
      return reply != nil
    }
    #expect(reply?.value.text == "OK")
    #expect(largest < Self.inputBound)
  }

  @Test(arguments: ["QUIT\r\n", "*x\r\n"])
  func aClientThatIsClosedCostsNothing(last: String) throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    _ = try witness.call(Command(["SET", "key", String(repeating: "x", count: 100_000)]))
    let client = try process.connect()
    // More than the connection takes while nobody reads.
    try client.send((0..<300).flatMap { _ in ("GET key" as Command).encoded } + Array(last.utf8))
    try BadInputTests.wait { try Self.clientList(witness).contains { $0["flags"] == "c" } }
    try client.send(Self.pings(10))
    let before = try Self.processorTime(process)
    usleep(1_000_000)
    // Hundredths of a second; a loop that does not rest takes most of them.
    #expect(try Self.processorTime(process) - before < 40)
    let rest = try client.receiveRest()
    #expect(rest.count > 30_000_000)
    #expect(String(decoding: rest.suffix(60), as: UTF8.self).hasSuffix(
      last.hasPrefix("Q") ? "x\r\n+OK\r\n" : "-ERR Protocol error: invalid multibulk length\r\n"))
  }

  /// What was parsed is not parsed again for each byte that arrives.
  @Test func aLargeRequestIsParsedOnce() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    let client = try process.connect()
    let count = 1_000_000, tail = Array(String(repeating: "$1\r\na\r\n", count: 20).utf8)
    try client.send(
      Array("*\(count + 21)\r\n$3\r\nDEL\r\n".utf8) + (0..<count).flatMap { _ in Array("$1\r\na\r\n".utf8) })
    try BadInputTests.wait { try Self.clientList(witness).contains { Int($0["qbuf"] ?? "") ?? 0 >= 7 * count } }
    let before = try Self.processorTime(process)
    for byte in tail.dropLast() {
      try client.send([byte])
      _ = try witness.call("PING")
    }
    // Hundredths of a second, for 140 reads.
    #expect(try Self.processorTime(process) - before < 100)
    try client.send([tail[tail.count - 1]])
    #expect(try client.receive().value.number == 0)
  }

  @Test func noLengthIsTooLarge() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    #expect(try witness.call("CONFIG SET proto-max-bulk-len 9223372036854775807").value.text == "OK")
    var clients: [RESPClient] = []
    for length in ["9223372036854775807", "9223372036854775806", "9223372036854775805", "1000000000000"] {
      for start in ["*1\r\n", "*3\r\n$3\r\nSET\r\n$1\r\na\r\n"] {
        let client = try process.connect()
        try client.send(Array("\(start)$\(length)\r\nabc".utf8))
        try BadInputTests.wait { try Self.clientList(witness).contains { $0["qbuf"] != "0" && $0["cmd"] == "NULL" } }
        try client.send([UInt8](repeating: 120, count: 100_000))
        clients.append(client)
      }
    }
    #expect(try witness.call("PING").value.text == "PONG")
    // Memory comes with the bytes, not with their announcement.
    #expect(try BadInputTests.figure("used_memory", "memory", witness) ?? .max < 64 << 20)
    _ = try witness.call("CONFIG SET proto-max-bulk-len 1mb")
    let client = try process.connect()
    try client.send(Array("*1\r\n$1048577\r\n".utf8))
    #expect(try client.receive().raw == Array("-ERR Protocol error: invalid bulk length\r\n".utf8))
  }

  /// A large argument gets as much memory as the client's last one took, and then as its bytes come.
  @Test func aClientIsBelievedWhatItSentBefore() throws {
    let process = try ServerProcess(.underTest())
    let witness = try process.connect()
    let length = 3 << 20, arrived = 100_000
    func memory(_ name: String) throws -> Int {
      let line = try Self.clientList(witness).first { $0["name"] == name }
      return line.flatMap { $0["tot-mem"] }.flatMap { Int($0) } ?? 0
    }
    for (name, sendsBefore) in [("known", true), ("new", false)] {
      let client = try process.connect()
      _ = try client.call(Command(["CLIENT", "SETNAME", name]))
      if sendsBefore {
        try client.send(
          Array("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$\(length)\r\n".utf8)
            + [UInt8](repeating: 120, count: length) + Array("\r\n".utf8))
        #expect(try client.receive().value.text == "OK")
      }
      let request = Array("*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$\(8 * length)\r\n".utf8)
      try client.send(request + [UInt8](repeating: 120, count: arrived))
      try BadInputTests.wait { try memory(name) >= arrived }
      #expect(try memory(name) < (sendsBefore ? length + 64_000 : 300_000))
      if sendsBefore { #expect(try memory(name) >= length) }
      try client.send([UInt8](repeating: 120, count: 8 * length - arrived) + Array("\r\n".utf8))
      #expect(try client.receive().value.text == "OK")
      #expect(try witness.call("STRLEN b").value.number == Double(8 * length))
    }
  }

  private static func pings(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in Array("PING\r\n".utf8) } }

  /// The most unexecuted input that any client had while `isDone` was not.
  private static func largestInput(_ witness: RESPClient, until isDone: () throws -> Bool) throws -> Int {
    var largest = 0
    try BadInputTests.wait {
      for client in try clientList(witness) { largest = max(largest, Int(client["qbuf"] ?? "") ?? 0) }
      return try isDone()
    }
    return largest
  }

  /// The fields of each line of CLIENT LIST.
  static func clientList(_ witness: RESPClient) throws -> [[String: String]] {
    let text = try witness.call("CLIENT LIST").value.text ?? ""
    return text.split(separator: "\n").map { line in
      Dictionary(
        line.split(separator: " ").map { field in
          let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
          return (String(parts[0]), String(parts[1]))
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Processor time that the server took, hundredths of a second.
  private static func processorTime(_ process: ServerProcess) throws -> Int {
    let id = try #require(process.processID)
    guard let file = unsafe fopen("/proc/\(id)/stat", "r") else { throw ConformanceError("no /proc") }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    let fields = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
    return (Int(fields[13]) ?? 0) + (Int(fields[14]) ?? 0)
  }
}
