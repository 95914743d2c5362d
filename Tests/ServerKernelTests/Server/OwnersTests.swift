import Containers
import Testing

@testable import ServerKernel

/// States of the server that several parts may ask for, each for its own reasons.
@Suite struct OwnersTests {
  private final class Owner {}

  @Test func nobodyLiftsTheRefusalOfAnother() throws {
    let server = try TestServer().server
    let disk = Owner(), replicas = Owner()
    func text() -> String? { server.writeRefusal.map { String(decoding: $0.bytes, as: UTF8.self) } }
    server.refuseWrites(for: disk, "MISCONF disk")
    server.refuseWrites(for: replicas, "NOREPLICAS few")
    #expect(text() == "MISCONF disk")
    server.refuseWrites(for: disk, "MISCONF still")
    #expect(text() == "MISCONF still")
    server.allowWrites(for: disk)
    #expect(text() == "NOREPLICAS few" && server.state.value.gate.contains(.writesRefused))
    server.allowWrites(for: disk)
    #expect(text() == "NOREPLICAS few")
    server.allowWrites(for: replicas)
    #expect(text() == nil && !server.state.value.gate.contains(.writesRefused))
  }

  @Test func expiredKeysStayHiddenWhileAnyoneWantsIt() throws {
    let server = try TestServer().server
    let replica = Owner()
    server.hideExpired(for: replica)
    server.pause(until: server.now + 1000, all: false)
    server.unpause()
    #expect(server.keyspace.value.hidesExpired)
    server.removeExpired(for: replica)
    #expect(!server.keyspace.value.hidesExpired)
  }
}
