import Containers
import HashValues
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// Clients that wait for keys: who hears of which change, and what is left of a wait that is over.
  @Suite struct BlockedClientsTests {
    private let server: Server
    private var blocking: BlockedClients { server.blocking }

    init() throws {
      server = try TestServer.withDatabases()
    }

    private func database() throws -> Database {
      Database(try #require(server.databaseState(0)), server.keyspace)
    }

    /// A client that waits for hashes at these keys; its command is of no consequence, as it is not tried again here.
    private func waitingClient(_ keys: String..., orLost: Bool = false, milliseconds: Int64 = 0) throws -> Client {
      let client = server.makeClient(descriptor: -1)
      client.place.value.lastCommand = server.commands.find(Bytes("hget"))
      let kind = try database().number(HashValue.self)
      var arguments = CommandArguments("wait")
      for key in keys { arguments.append(Array(key.utf8).bytes) }
      arguments.withCall {
        blocking.block(
          client, $0, 1..<$0.count, kind: kind, mindsLoss: orLost, milliseconds, .integer(7), replacing: [:])
      }
      return client
    }

    private func setHash(_ key: StaticString) throws {
      var database = try self.database()
      try database.update(HashValue.self, Bytes(key)) { hash, change in
        _ = hash.set(Bytes("f"), Bytes("v"))
        change.record(.hash("hset"))
      }
    }

    /// The keys whose waiting clients are to be served, in this order.
    private var readyKeys: [String] {
      blocking.state.value.ready.map { String(decoding: $0.key, as: UTF8.self) }
    }

    @Test func aKeyIsReadyOnceHoweverOftenItChanges() throws {
      _ = try waitingClient("a", "b")
      try setHash("unawaited")
      #expect(readyKeys == [])
      try setHash("b")
      try setHash("b")
      try setHash("a")
      #expect(readyKeys == ["b", "a"])
    }

    @Test func onlyWhoMindsHearsOfALoss() throws {
      try setHash("a")
      try setHash("b")
      _ = try waitingClient("a")
      _ = try waitingClient("b", orLost: true)
      var database = try self.database()
      database.remove(Bytes("a"))
      database.remove(Bytes("b"))
      #expect(readyKeys == ["b"])
    }

    @Test func aDatabaseThatTakesAnothersPlaceMakesItsKeysReady() throws {
      _ = try waitingClient("a")
      _ = try waitingClient("absent")
      var other = Database(try #require(server.databaseState(1)), server.keyspace)
      other.setString(Bytes("a"), Bytes("any type: who waits looks at it"))
      other.exchange(with: try database())
      #expect(readyKeys == ["a"])
    }

    @Test func clientsAreServedInTheOrderInWhichTheyCame() throws {
      let clients = try (0..<40).map { _ in try waitingClient("a") }
      // Some leave, from anywhere in the queue, also while it is walked.
      for index in stride(from: 0, to: 40, by: 2) { blocking.unblock(clients[index]) { _ in } }
      let found = blocking.queues[0]?.find(server.keyspace.value.hash(Bytes("a")), Bytes("a"))
      let queue = try #require(found)
      var served: [Client] = []
      var ticket: UInt64 = 0
      while let next = queue.clients.next(after: ticket) {
        ticket = next.ticket
        served.append(next.client)
        if served.count == 3 { blocking.unblock(clients[7]) { _ in } }
      }
      let expected = clients.indices.filter { $0 % 2 == 1 && $0 != 7 }.map { clients[$0] }
      #expect(served == expected)
      #expect(queue.clients.count == 19)
    }

    @Test func aKeyGivenTwiceIsWaitedForOnce() throws {
      let client = try waitingClient("a", "a")
      #expect(client.session.blocked?.places.count == 1)
    }

    @Test func nothingIsLeftOfAWaitThatIsOver() throws {
      let client = try waitingClient("a", "b")
      let other = try waitingClient("b")
      #expect(server.blockedClients == 2)
      #expect(server.unblockAsTimedOut(client))
      let reply = client.place.value.output.buffer.bytes.string
      #expect(reply == ":7\r\n")
      #expect(!client.isBlocked)
      #expect(!server.unblockAsTimedOut(client))
      #expect(blocking.queues[0]?.all.map(\.key) == [Array("b".utf8)])
      server.unblockForDisconnect(other)
      #expect(blocking.queues.isEmpty)
      #expect(server.blockedClients == 0)
      let isObserved = server.keyspace.value.isObserved
      #expect(!isObserved)
    }

    @Test func aWaitEndsWithItsTime() throws {
      let client = try waitingClient("a", milliseconds: 20)
      let patient = try waitingClient("a")
      let end = Clock.monotonicNanoseconds() + 5_000_000_000
      while client.isBlocked && Clock.monotonicNanoseconds() < end { server.timers.run(server) }
      #expect(!client.isBlocked)
      #expect(patient.isBlocked)
    }
  }
}
