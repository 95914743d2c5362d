import Containers
import Testing

@testable import ServerKernel

/// States of the server that several parts may ask for, each for its own reasons.
@Suite struct OwnersTests {
  private final class Owner {}

  @Test func nobodyLiftsTheRefusalOfAnother() throws {
    let server = try TestServer().server
    let disk = Owner(), replicas = Owner()
    func isRefusing() -> Bool { server.state.value.gate.contains(.writesRefused) }
    func text() -> String? { server.admission.writeRefusal.map { String(decoding: $0.bytes, as: UTF8.self) } }
    server.refuseWrites(for: disk, "MISCONF disk")
    server.refuseWrites(for: replicas, "NOREPLICAS few")
    #expect(text() == "MISCONF disk")
    server.refuseWrites(for: disk, "MISCONF still")
    #expect(text() == "MISCONF still")
    server.allowWrites(for: disk)
    #expect(text() == "NOREPLICAS few" && isRefusing())
    server.allowWrites(for: disk)
    #expect(text() == "NOREPLICAS few")
    server.allowWrites(for: replicas)
    #expect(text() == nil && !isRefusing())
  }

  @Test func expiredKeysStayHiddenWhileAnyoneWantsIt() throws {
    let server = try TestServer().server
    let replica = Owner()
    func areHidden() -> Bool { server.keyspace.value.hidesExpired }
    server.hideExpired(for: replica)
    server.pausing.begin(until: server.now + 1000, all: false, server)
    server.pausing.finish(server)
    #expect(areHidden())
    server.removeExpired(for: replica)
    #expect(!areHidden())
  }
}
