import ConformanceSupport
import Containers
import HashValues
import SetValues
import SortedSetValues
import Testing

@testable import RDB
@testable import ServerKernel

extension CommandThreadTests {
  /// In which form collections are written: as the limits say at that time, whatever they were when the value was made.
  @Suite struct DumpFormTests {
    @Test(arguments: [("hash", 4, 16), ("zset", 5, 17), ("set", 2, 20)] as [(String, UInt8, UInt8)])
    func formsFollowTheDirectives(type: String, plain: UInt8, packed: UInt8) throws {
      let filled = try DumpedServer()
      try filled.set("rdb-version", "11")
      defer { try? filled.set("rdb-version", "10") }
      try filled.fill("k", type, [Array("member".utf8), Array("1".utf8)])
      let whole = filled.payload("k")
      #expect(whole.first == packed)
      for (directive, low) in [("\(type)-max-listpack-value", "5"), ("\(type)-max-listpack-entries", "0")] {
        let usual = try #require(filled.server.configuration.text(of: directive))
        defer { try? filled.set(directive, String(decoding: usual, as: UTF8.self)) }
        try filled.set(directive, low)
        #expect(filled.payload("k").first == plain, "\(directive) lowered")
        try filled.set(directive, String(decoding: usual, as: UTF8.self))
        #expect(filled.payload("k") == whole, "\(directive) raised")
      }
    }

    /// A packed value is written whole, to the bytes that its parts would have become one by one.
    @Test(arguments: [51, 52, 53]) func listsAreWrittenAsTheirParts(seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<400 {
        let filled = try DumpedServer()
        let type = ["hash", "zset", "set"][random.below(3)]
        try filled.fill("k", type, (0..<2 + random.below(12)).map { _ in Self.element(&random) })
        var options = RDBEncoder.Options()
        options.version = 10 + random.below(2)
        options.compresses = random.below(2) == 0
        options.isPayload = random.below(2) == 0
        let limit = EncodingLimits.Packed(entries: random.below(16), value: random.below(70))
        options.limits.hash = limit
        options.limits.sortedSet = limit
        options.limits.set = limit
        options.limits.integers = random.below(8)
        let whole = filled.written("k", RDBEncoder(options))
        let parts = filled.written("k", PartsEncoder(options))
        #expect(whole == parts, "\(type), \(limit), \(options.limits.integers) integers, version \(options.version)")
      }
    }

    /// An integer, or a text that may be longer than any limit.
    private static func element(_ random: inout SeededGenerator) -> [UInt8] {
      switch random.below(3) {
      case 0: Array("\(Int64(random.below(1 << 20)) << Int64(random.below(40)))".utf8)
      case 1: Array("-\(1 + random.below(300))".utf8)
      default: random.bytes(random.below(66), from: Array("abc".utf8))
      }
    }

    /// Takes no list whole.
    private final class PartsEncoder: SnapshotEncoder {
      private let encoder: RDBEncoder

      init(_ options: RDBEncoder.Options) { encoder = RDBEncoder(options) }

      func beginRun() { encoder.beginRun() }
      func write(_ record: borrowing Bytes, of data: KeylessData) { encoder.write(record, of: data) }
      func write(_ key: borrowing SnapshotKey, string: borrowing StringView) { encoder.write(key, string: string) }
      func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
        encoder.begin(key, format, elementCount: elementCount)
      }
      func write(_ part: borrowing Bytes) { encoder.write(part) }
      func write(_ part: Int64) { encoder.write(part) }
      func write(_ part: Double) { encoder.write(part) }
      func end() { encoder.end() }
      var byteCount: Int { encoder.byteCount }
      func takeBytes() -> ByteBuffer { encoder.takeBytes() }
    }
  }
}

extension DumpedServer {
  fileprivate func set(_ directive: String, _ value: String) throws {
    try server.configuration.set(
      [(Array(directive.utf8), Array(value.utf8))], by: .init(isLocal: true, isLoading: false))
  }

  /// Makes a collection of elements: a hash maps each to the one before it, scores go up by thirds.
  func fill(_ key: String, _ type: String, _ elements: [[UInt8]]) throws {
    guard var database = server.database(0) else { return }
    let name = Array(key.utf8)
    switch type {
    case "hash":
      try database.update(HashValue.self, name.bytes) { hash, change throws(CommandError) in
        var previous: [UInt8] = []
        for element in elements {
          hash.set(element.bytes, previous.bytes)
          previous = element
        }
        change.record(KeyspaceEvent(.hash, "hset"))
      }
    case "zset":
      try database.update(SortedSetValue.self, name.bytes) { set, change throws(CommandError) in
        for (index, element) in elements.enumerated() { set.set(element.bytes, Double(index) / 3) }
        change.record(KeyspaceEvent(.sortedSet, "zadd"))
      }
    default:
      try database.update(SetValue.self, name.bytes) { set, change throws(CommandError) in
        for element in elements { set.insert(element.bytes) }
        change.record(KeyspaceEvent(.set, "sadd"))
      }
    }
  }

  /// What DUMP answers.
  func payload(_ key: String) -> [UInt8] {
    var payload: [UInt8] = []
    if let database = server.database(0) {
      let key = Array(key.utf8)
      _ = RDBPayload.write(key.bytes, in: database, server) { payload = $0.array }
    }
    return payload
  }

  /// What an encoder gives away of a key.
  fileprivate func written(_ key: String, _ encoder: any SnapshotEncoder) -> [UInt8] {
    guard let database = server.database(0) else { return [] }
    let key = Array(key.utf8)
    _ = database.write(key.bytes, to: encoder)
    let piece = encoder.takeBytes()
    return piece.bytes.array
  }
}
