import Containers
import HashValues
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// The walk of a snapshot over a data set that changes meanwhile, step by step and without a process.
  @Suite struct SnapshotTests {
    /// Writes what it is told as text: `database key=value;`, a value of elements in brackets.
    final class Transcript: SnapshotConsumer {
      final class Encoder: SnapshotEncoder {
        private var text = ByteBuffer()

        func beginRun() { text.append("|") }

        func write(_ record: borrowing Bytes, of data: KeylessData) {
          append("\(data.opcode) ")
          text.append(record)
          text.append(";")
        }

        func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
          open(key)
          let value = string.array
          text.append(value.bytes)
          text.append(";")
        }

        func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
          open(key)
          append("[\(elementCount):")
        }

        func write(_ part: borrowing Bytes) {
          text.append(part)
          text.append(",")
        }

        func write(_ part: Int64) { append("\(part),") }

        func end() { text.append("];") }
        var byteCount: Int { text.count }

        func takeBytes() -> ByteBuffer {
          var taken = ByteBuffer()
          swap(&taken, &text)
          return taken
        }

        private func append(_ more: String) {
          let bytes = Array(more.utf8)
          text.append(bytes.bytes)
        }

        private func open(_ key: borrowing SnapshotKey) {
          append("\(key.database) ")
          text.append(key.name)
          if let time = key.expiration { append("@\(time)") }
          text.append("=")
        }
      }

      var canTakeMore = true
      var text = ""
      var hasEnded = false

      func makeEncoder() -> any SnapshotEncoder { Encoder() }
      func take(_ piece: consuming ByteBuffer) { text += piece.bytes.string }
      func snapshotDidEnd() { hasEnded = true }

      /// What was written of each key, without the marks of runs.
      var records: [String] {
        text.filter { $0 != "|" }.split(separator: ";").map(String.init).sorted()
      }
    }

    private let server: Server

    init() throws {
      server = try TestServer.withDatabases()
    }

    private func database(_ number: Int = 0) throws -> Database {
      Database(try #require(server.databaseState(number)), server.keyspace)
    }

    private func set(_ key: String, _ value: String, in number: Int = 0, at time: Int64? = nil) throws {
      var database = try self.database(number)
      let key = Array(key.utf8), value = Array(value.utf8)
      database.setString(key.bytes, value.bytes, expiration: time.map { .at($0) } ?? .none)
    }

    private func setField(_ key: String, _ field: String, _ value: String) throws {
      var database = try self.database()
      let key = Array(key.utf8), field = Array(field.utf8), value = Array(value.utf8)
      try database.update(HashValue.self, key.bytes) { hash, change throws(CommandError) in
        hash.set(field.bytes, value.bytes)
        change.record(KeyspaceEvent(.hash, "hset"))
      }
    }

    private func remove(_ key: String) throws {
      var database = try self.database()
      let key = Array(key.utf8)
      database.remove(key.bytes)
    }

    /// A hash that is taken in pieces, of two thousand fields.
    private func makeLargeHash(_ key: String = "large") throws {
      for number in 0..<2000 { try setField(key, "f\(number)", "old") }
    }

    /// One step of the walk; true at its end.
    private func step() -> Bool { server.keyspace.value.snapshot?.advance(until: 0, server.keyspace) ?? true }

    @Test func whatIsNoKeyComesFirst() throws {
      let registry = Registry(server)
      let records = [Array("one".utf8), Array("two".utf8)]
      registry.add(
        KeylessData(
          command: ["BRING"], opcode: 245, forEachRecord: { body in for record in records { body(record.bytes) } },
          load: { _, _, _ in nil }, removeAll: {}))
      try set("a", "1")
      let transcript = Transcript()
      #expect(server.beginSnapshot(transcript))
      while !transcript.hasEnded { server.completeSnapshot() }
      #expect(transcript.text.hasPrefix("245 one;245 two;0 a=1;"))
    }

    @Test func itIsTheStateOfOneMoment() throws {
      for number in 0..<500 { try set("key:\(number)", "\(number)", in: number % 2) }
      try set("expiring", "x", at: server.now + 1_000_000)
      let expected = (0..<500).map { "\($0 % 2) key:\($0)=\($0)" } + ["0 expiring@\(server.now + 1_000_000)=x"]
      let transcript = Transcript()
      #expect(server.beginSnapshot(transcript))
      // Whatever the walk has reached: changed, removed, added and moved keys.
      for number in 0..<500 {
        try set("key:\(number)", "new", in: number % 2)
        if number % 4 == 0 { try remove("key:\(number)") }
        try set("later:\(number)", "x")
        if number % 50 == 0 { _ = step() }
        if number == 250 {
          var first = try database(0)
          first.exchange(with: try database(1))
        }
      }
      server.completeSnapshot()
      #expect(transcript.hasEnded && !server.isSnapshotting)
      #expect(transcript.records == expected.sorted())
    }

    /// A key that changes in the midst of a large value follows it: no value stands within another.
    @Test func aValueStandsTogether() throws {
      let names = (0..<8).map { "large\($0)" }
      for name in names { try makeLargeHash(name) }
      for number in 0..<3000 { try set("key:\(number)", "old") }
      let transcript = Transcript()
      #expect(server.beginSnapshot(transcript))
      var steps = 0
      while !step() {
        for number in steps * 40..<steps * 40 + 40 where number < 3000 { try set("key:\(number)", "new") }
        for name in names {
          try setField(name, "f\(steps)", "new")
          try setField(name, "added\(steps)", "new")
        }
        steps += 1
      }
      server.completeSnapshot()
      #expect(transcript.hasEnded)
      #expect(transcript.records.count == 3008)
      #expect(!transcript.text.contains("new"))
      // Marks of runs show that keys did wait beside a value.
      #expect(transcript.text.contains("|"))
      for name in names {
        let start = "0 \(name)=[2000:"
        let value = try #require(transcript.records.first { $0.hasPrefix(start) })
        let parts = value.dropFirst(start.count).dropLast().split(separator: ",").map(String.init)
        #expect(Set(parts) == Set((0..<2000).map { "f\($0)" } + ["old"]))
        #expect(parts.count == 4000)
      }
      #expect(Set(transcript.records).isSuperset(of: (0..<3000).map { "0 key:\($0)=old" }))
    }

    @Test func aLargeValueOutlivesItsKey() throws {
      try makeLargeHash()
      let transcript = Transcript()
      #expect(server.beginSnapshot(transcript))
      for _ in 0..<4 { _ = step() }
      #expect(!transcript.hasEnded)
      try remove("large")
      try set("large", "another value")
      server.completeSnapshot()
      #expect(transcript.records.count == 1)
      #expect(transcript.records[0].hasPrefix("0 large=[2000:"))
    }

    /// A snapshot that is given up hands over nothing more, and the next one is whole.
    @Test func oneThatWasGivenUpMakesWay() throws {
      try makeLargeHash()
      for number in 0..<300 { try set("key:\(number)", "old") }
      let first = Transcript(), second = Transcript()
      #expect(server.beginSnapshot(first))
      #expect(!server.beginSnapshot(second))
      for number in 0..<6 {
        _ = step()
        try set("key:\(number)", "changed")
      }
      server.cancelSnapshot()
      let seen = first.text
      while server.isSnapshotting { server.advanceSnapshot() }
      #expect(server.beginSnapshot(second))
      try set("key:299", "changed")
      server.completeSnapshot()
      #expect(first.text == seen && !first.hasEnded)
      #expect(second.hasEnded)
      #expect(second.records.count == 301)
      #expect(second.records.contains("0 key:299=old") && second.records.contains("0 key:3=changed"))
    }

    /// While its consumer has no room the walk waits, but keys that change are handed over all the same.
    @Test func itWaitsForItsConsumer() throws {
      for number in 0..<50 { try set("key:\(number)", "old") }
      let transcript = Transcript()
      transcript.canTakeMore = false
      #expect(server.beginSnapshot(transcript))
      for _ in 0..<50 { #expect(!step()) }
      try set("key:7", "new")
      transcript.canTakeMore = true
      server.completeSnapshot()
      #expect(transcript.records.count == 50)
      #expect(transcript.records.contains("0 key:7=old"))
    }

    @Test func tablesThatAreFlushedAreWalkedToTheirEnd() throws {
      for number in 0..<200 { try set("key:\(number)", "old") }
      try makeLargeHash()
      let transcript = Transcript()
      #expect(server.beginSnapshot(transcript))
      _ = step()
      var database = try self.database()
      database.removeAll(lazily: false)
      try set("key:0", "new")
      server.completeSnapshot()
      #expect(transcript.records.count == 201)
      #expect(!transcript.text.contains("new"))
      #expect(database.count == 1)
    }
  }
}
