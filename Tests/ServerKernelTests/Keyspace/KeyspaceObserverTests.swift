import Containers
import HashValues
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// What observers of the keyspace are told of each change.
  @Suite struct KeyspaceObserverTests {
    private final class Listener: KeyspaceObserver {
      private var told: [String] = []

      func keyDidChange(_ key: borrowing Bytes, _ change: KeyChange, in database: borrowing Database) {
        told.append("\(database.number) \(key.string) \(change) \(database.holds(key) ? "here" : "gone")")
      }

      func databaseWillChange(_ database: borrowing Database, _ change: DatabaseChange) {
        told.append("\(database.number) will be \(change) with \(database.count)")
      }

      func databaseDidChange(_ database: borrowing Database, _ change: DatabaseChange) {
        told.append("\(database.number) was \(change) with \(database.count)")
      }

      /// What it was told since the last call.
      func take() -> [String] {
        defer { told = [] }
        return told
      }
    }

    private let server: Server
    private let listener = Listener()

    init() throws {
      server = try TestServer.withDatabases()
      server.observeKeys(listener)
    }

    private func database(_ number: Int = 0) throws -> Database {
      Database(try #require(server.databaseState(number)), server.keyspace)
    }

    @Test func stringsAreAddedChangedAndRemoved() throws {
      var database = try self.database()
      database.setString(Bytes("a"), Bytes("1"))
      #expect(listener.take() == ["0 a added here"])
      database.setString(Bytes("a"), Bytes("2"))
      database.setString(Bytes("a"), Bytes("a longer one, which is in another block"))
      #expect(listener.take() == ["0 a changed here", "0 a changed here"])
      database.setExpiration(Bytes("a"), at: server.now + 1000)
      #expect(listener.take() == ["0 a adjusted here"])
      database.remove(Bytes("a"))
      #expect(listener.take() == ["0 a removed gone"])
    }

    @Test func aCollectionThatIsLeftEmptyIsRemoved() throws {
      var database = try self.database()
      try database.update(HashValue.self, Bytes("h")) { hash, change in
        _ = hash.set(Bytes("f"), Bytes("v"))
        change.record(.hash("hset"))
      }
      #expect(listener.take() == ["0 h added here"])
      try database.update(HashValue.self, Bytes("h")) { hash, change in
        _ = hash.remove(Bytes("f"))
        change.record(.hash("hdel"))
      }
      #expect(listener.take() == ["0 h removed gone"])
    }

    @Test func whatChangesNothingIsNotTold() throws {
      var database = try self.database()
      _ = try database.update(HashValue.self, Bytes("h")) { _, _ in }
      database.remove(Bytes("h"))
      #expect(listener.take() == [])
    }

    @Test func keysExpire() throws {
      var database = try self.database()
      database.setString(Bytes("a"), Bytes("1"))
      database.setExpiration(Bytes("a"), at: server.now - 1)
      _ = listener.take()
      let isThere = database.contains(Bytes("a"))
      #expect(!isThere)
      #expect(listener.take() == ["0 a expired gone"])
    }

    @Test func keysGetOtherNames() throws {
      var database = try self.database()
      database.setString(Bytes("a"), Bytes("1"))
      _ = listener.take()
      database.rename(Bytes("a"), to: Bytes("b"))
      #expect(listener.take() == ["0 a removed gone", "0 b added here"])
      let isMoved = database.move(Bytes("b"), to: try self.database(3))
      #expect(isMoved)
      #expect(listener.take() == ["0 b removed gone", "3 b added here"])
    }

    @Test func databasesAreSwappedAndFlushed() throws {
      var database = try self.database()
      database.setString(Bytes("a"), Bytes("1"))
      _ = listener.take()
      database.exchange(with: try self.database(1))
      #expect(
        listener.take() == [
          "0 will be swapped(with: 1) with 1", "1 will be swapped(with: 0) with 0",
          "0 was swapped(with: 1) with 0", "1 was swapped(with: 0) with 1",
        ])
      var other = try self.database(1)
      other.removeAll(lazily: false)
      #expect(listener.take() == ["1 will be flushed with 1", "1 was flushed with 0"])
    }

    @Test func nobodyIsToldTwiceOrAfterwards() throws {
      var database = try self.database()
      server.observeKeys(listener)
      database.setString(Bytes("a"), Bytes("1"))
      #expect(listener.take() == ["0 a added here"])
      server.stopObservingKeys(listener)
      database.remove(Bytes("a"))
      #expect(listener.take() == [])
      let isObserved = server.keyspace.value.isObserved
      #expect(!isObserved)
    }
  }
}
