import ConformanceSupport
import Containers
import HashValues
import ListValues
import SetValues
import SortedSetValues
import Testing

@testable import RDB
@testable import ServerKernel

extension CommandThreadTests {
  /// What is written is read again, whole or not at all.
  @Suite struct DumpRoundTripTests {
    /// A data set with small and large values of all types, in two databases.
    private func filled(elements: Int = 1100) throws -> DumpedServer {
      let filled = try DumpedServer()
      for number in [0, 5] {
        guard var database = filled.server.database(number) else { continue }
        func name(_ text: String) -> [UInt8] { Array(text.utf8) }
        let texts = ["", "1", "-129", "70000", "9223372036854775807", "a text that is worth compressing compressing"]
        for text in texts {
          database.setString(name("s:" + text).bytes, name(text).bytes)
        }
        database.setString(name("expires").bytes, name("x").bytes, expiration: .at(filled.server.now + 1_000_000))
        for count in [1, 100, elements] {
          try database.update(HashValue.self, name("hash\(count)").bytes) { hash, change throws(CommandError) in
            for index in 0..<count { hash.set(name("f\(index)").bytes, name("value \(index)").bytes) }
            change.record(KeyspaceEvent(.hash, "hset"))
          }
          try database.update(ListValue.self, name("list\(count)").bytes) { list, change throws(CommandError) in
            for index in 0..<count { list.push(name("element \(index)").bytes, .right) }
            change.record(KeyspaceEvent(.list, "rpush"))
          }
          for prefix in ["", "m"] {
            try database.update(SetValue.self, name("set\(prefix)\(count)").bytes) { set, change throws(CommandError) in
              for index in 0..<count { set.insert(name("\(prefix)\(index)").bytes) }
              change.record(KeyspaceEvent(.set, "sadd"))
            }
          }
          try database.update(SortedSetValue.self, name("zset\(count)").bytes) { set, change throws(CommandError) in
            for index in 0..<count { _ = set.set(name("m\(index)").bytes, Double(index) / 3) }
            change.record(KeyspaceEvent(.sortedSet, "zadd"))
          }
        }
      }
      return filled
    }

    @Test(arguments: zip([10, 11], [true, false])) func itComesBack(version: Int, compresses: Bool) throws {
      let filled = try filled()
      var options = RDBEncoder.Options(filled.server)
      options.version = version
      options.compresses = compresses
      let file = filled.file(options)
      let digest = filled.digest
      filled.server.emptyDatabases()
      #expect(filled.digest != digest)
      let summary = try filled.read(file)
      #expect(filled.digest == digest)
      #expect(summary.keys == 2 * (7 + 15) && summary.end == file.count)
      // The same keys once more are refused, unless they are to be merged.
      #expect(throws: RDBError.self) { try filled.read(file) }
      var merging = RDBReader.Options()
      merging.merges = true
      try filled.read(file, merging)
      #expect(filled.digest == digest)
    }

    @Test func keysPastTheirTimeAreLeftOut() throws {
      let filled = try DumpedServer()
      guard var database = filled.server.database(0) else { return }
      let now = filled.server.now
      for (name, time) in [("past", now - 1), ("future", now + 1_000_000)] {
        let key = Array(name.utf8)
        database.loadString(key.bytes, key.bytes, expiration: time)
      }
      let file = filled.file()
      filled.server.emptyDatabases()
      let summary = try filled.read(file)
      #expect(summary.keys == 1 && summary.expiredKeys == 1)
      filled.server.emptyDatabases()
      var keeping = RDBReader.Options()
      keeping.dropsExpired = false
      #expect(try filled.read(file, keeping).keys == 2)
    }

    /// Cut anywhere, and with any bit flipped, a file is refused.
    @Test func damageIsRefused() throws {
      let file = try filled(elements: 20).file()
      let target = try DumpedServer()
      for end in stride(from: 0, to: file.count, by: max(1, file.count / 150)) {
        target.server.emptyDatabases()
        let error = #expect(throws: RDBError.self) { try target.read(Array(file[..<end])) }
        #expect(error?.offset ?? .max <= end)
      }
      for index in stride(from: 0, to: file.count, by: max(1, file.count / 150)) {
        var damaged = file
        damaged[index] ^= 1 << UInt8(index % 8)
        target.server.emptyDatabases()
        #expect(throws: RDBError.self, "byte \(index)") { try target.read(damaged) }
      }
    }

    /// Nothing that a file may hold ends the process: its checksum is not looked at here.
    @Test func damageWithoutAChecksumIsLivedWith() throws {
      let file = try filled(elements: 20).file()
      let target = try DumpedServer()
      var options = RDBReader.Options()
      options.checksChecksum = false
      let seed = UInt64.random(in: 0 ... .max)
      var generator = SeededGenerator(seed: seed)
      var refused = 0
      for _ in 0..<200 {
        var damaged = file
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let index = Int.random(in: 9..<damaged.count, using: &generator)
          damaged[index] = [damaged[index] ^ 1 << UInt8.random(in: 0..<8, using: &generator), 0, 0xff, 0x80, 0x81]
            .randomElement(using: &generator) ?? 0
        }
        target.server.emptyDatabases()
        do { try target.read(damaged, options) } catch { refused += 1 }
        // What came of it can be written.
        #expect(!target.file().isEmpty)
      }
      #expect(refused > 20, "seed \(seed)")
    }

    /// Random bytes behind each type, as short files are most of their damage.
    @Test func garbageIsRefused() throws {
      let target = try DumpedServer()
      let seed = UInt64.random(in: 0 ... .max)
      var generator = SeededGenerator(seed: seed)
      for round in 0..<10_000 {
        let garbage = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
          [UInt8.random(in: 0...255, using: &generator), 0, 1, 2, 0xff, 0xfe, 0xc3, 0x81]
            .randomElement(using: &generator) ?? 0
        }
        _ = try? target.read(DumpedServer.file(type: UInt8(round % 26), garbage))
        if round % 100 == 0 { target.server.emptyDatabases() }
      }
    }
  }
}
