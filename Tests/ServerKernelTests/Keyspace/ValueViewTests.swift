import Containers
import HashValues
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// Views of several values at once, as a command over several keys takes them.
  @Suite struct ValueViewTests {
    private let server: Server

    init() throws {
      server = try TestServer.withDatabases()
    }

    private func database() throws -> Database {
      Database(try #require(server.databaseState(0)), server.keyspace)
    }

    private func setFields(_ key: String, _ count: Int) throws {
      var database = try self.database()
      let key = Array(key.utf8)
      try database.update(HashValue.self, key.bytes) { hash, _ throws(CommandError) in
        for number in 0..<count {
          let field = Array("f\(number)".utf8), value = Array("\(key.bytes.string) \(number)".utf8)
          hash.set(field.bytes, value.bytes)
        }
      }
    }

    /// Fields of two hashes, in hand together while a look-up removes a key whose time is over.
    private static func read(_ database: borrowing Database) throws(CommandError) -> [String] {
      guard let packed = try database.value(HashValue.self, Bytes("packed")),
        let table = try database.valueForUpdate(HashValue.self, Bytes("table")),
        let first = packed.value.value(of: Bytes("f0")), let second = table.value.value(of: Bytes("f999"))
      else { return [] }
      if try database.value(HashValue.self, Bytes("expired")) != nil { return [] }
      return [first.array, second.array].map { $0.bytes.string }
    }

    @Test func severalAreReadTogether() throws {
      try setFields("packed", 2)
      try setFields("table", 1000)
      try setFields("expired", 1)
      var database = try self.database()
      let expired = Array("expired".utf8)
      database.setExpiration(expired.bytes, at: server.keyspace.value.now - 1)
      let before = (hits: server.keyspace.value.hits, misses: server.keyspace.value.misses)
      #expect(try Self.read(database) == ["packed 0", "table 999"])
      #expect(database.count == 2)
      // The one that was asked for to be read counts, the other does not.
      #expect(server.keyspace.value.hits - before.hits == 1)
      #expect(server.keyspace.value.misses - before.misses == 1)
    }

    @Test func anotherTypeIsRefused() throws {
      var database = try self.database()
      database.setString(Bytes("text"), Bytes("abc"))
      #expect(throws: CommandError.self) { try Self.count(self.database(), "text") }
      #expect(try Self.count(database, "absent") == nil)
    }

    private static func count(_ database: borrowing Database, _ key: StaticString) throws(CommandError) -> Int? {
      try database.value(HashValue.self, Bytes(key))?.value.count
    }
  }
}
