import ConformanceSupport
import Testing

@Suite struct ThrottleTests {
  /// The server that this package assembles, beside the test bundle.
  static let binary = ServerBinary.besideTests(named: "example-server")

  @Test func refusesWhatIsAboveTheLimit() throws {
    let server = try ServerProcess(Self.binary)
    defer { server.stop() }
    let client = try server.connect()
    for left in [1, 0] {
      let reply = try client.call("THROTTLE user:1 2 60000").value
      #expect(reply.elements?.prefix(2) == [.integer(1), .integer(Int64(left))])
    }
    let refused = try client.call("THROTTLE user:1 2 60000").value
    #expect(refused.elements?.prefix(2) == [.integer(0), .integer(0)])
    let other = try client.call("THROTTLE user:2 2 60000").value
    #expect(other.elements?.first == .integer(1))
  }

  @Test func countsSurviveARestart() throws {
    let server = try ServerProcess(Self.binary, arguments: ["--appendonly", "yes", "--appendfsync", "always"])
    defer { server.stop() }
    _ = try server.connect().call("THROTTLE user:1 1 600000")
    server.killNow()
    try server.restart()
    let reply = try server.connect().call("THROTTLE user:1 1 600000").value
    #expect(reply.elements?.first == .integer(0))
  }

  @Test func refusesBadArguments() throws {
    let server = try ServerProcess(Self.binary)
    defer { server.stop() }
    let client = try server.connect()
    #expect(try client.call("THROTTLE user:1 0 1000").value.isError)
    #expect(try client.call("THROTTLE user:1 ten 1000").value.isError)
    _ = try client.call("SET text abc")
    #expect(try client.call("THROTTLE text 1 1000").value.isError)
  }
}
