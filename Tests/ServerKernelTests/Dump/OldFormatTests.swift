import Containers
import Testing

@testable import RDB
@testable import ServerKernel

extension CommandThreadTests {
  /// Forms that servers of before wrote, made by hand.
  @Suite struct OldFormatTests {
    typealias Files = DumpedServer

    /// What a value of a type becomes; nil when the file is refused.
    private func read(_ type: UInt8, _ value: [UInt8], version: Int = 7) throws -> String? {
      let server = try DumpedServer()
      do {
        try server.read(Files.file(type: type, value, version: version))
      } catch {
        #expect(error.offset > 0)
        return nil
      }
      return server.text(of: "k")
    }

    /// A ziplist of entries that are given without the size of the one before.
    private func ziplist(_ entries: [[UInt8]], count: Int? = nil) -> [UInt8] {
      var body: [UInt8] = []
      var previous = 0
      var tail = 10
      for entry in entries {
        let head = previous < 254 ? [UInt8(previous)] : [254, UInt8(previous & 0xff), UInt8(previous >> 8), 0, 0]
        tail = 10 + body.count
        body += head + entry
        previous = head.count + entry.count
      }
      let size = body.count + 11, count = count ?? entries.count
      func word(_ number: Int) -> [UInt8] { [UInt8(number & 0xff), UInt8(number >> 8)] }
      return word(size) + [0, 0] + word(tail) + [0, 0] + word(count) + body + [0xff]
    }

    private func short(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    @Test func everyEntryOfAZiplist() throws {
      let long = String(repeating: "l", count: 300)
      let entries: [[UInt8]] = [
        short("a"), [0x41, 0x2c] + Array(long.utf8), [0x80, 0, 0, 0, 2] + Array("zz".utf8), [0xf1], [0xfd],
        [0xfe, 0x80],
        [0xc0, 0xff, 0xff], [0xf0, 1, 0, 0x80], [0xd0, 0, 0, 0, 0x80], [0xe0, 0, 0, 0, 0, 0, 0, 0, 0x80], short(""),
      ]
      let expected = "a,\(long),zz,0,12,-128,-1,-8388607,-2147483648,-9223372036854775808,,"
      #expect(try read(10, Files.string(ziplist(entries))) == "list 11 \(expected)")
      // One that does not tell how many there are.
      #expect(try read(10, Files.string(ziplist(entries, count: 0xffff))) == "list 11 \(expected)")
      #expect(try read(10, Files.string(ziplist(entries, count: 10))) == nil)
      #expect(try read(10, Files.string(ziplist(entries, count: 12))) == nil)
      // Two nodes, and one that is empty.
      var nodes: [UInt8] = [3]
      for list in [ziplist([short("x")]), ziplist([]), ziplist([short("y")])] { nodes += Files.string(list) }
      #expect(try read(14, nodes) == "list 2 x,y,")
    }

    @Test func hashesAndSortedSetsOfZiplists() throws {
      let pairs = ziplist([short("f"), short("v"), short("g"), [0xf8]])
      #expect(try read(13, Files.string(pairs)) == "hash 2 f,v,g,7,")
      #expect(try read(13, Files.string(ziplist([short("f"), short("v"), short("g")]))) == nil)
      #expect(try read(13, Files.string(ziplist([short("f"), short("v"), short("f"), short("w")]))) == nil)
      let scored = ziplist([short("a"), short("1.5"), short("b"), [0xf3], short("c"), short("inf")])
      #expect(try read(12, Files.string(scored)) == "zset 3 a,1.5,b,2.0,c,inf,")
      #expect(try read(12, Files.string(ziplist([short("a"), short("nan")]))) == nil)
      #expect(try read(12, Files.string(ziplist([short("a"), short("x")]))) == nil)
    }

    /// Members of a set that come one by one: integers, texts, long ones, and some twice.
    @Test func setsOfStrings() throws {
      let long = String(repeating: "l", count: 70)
      func members(_ texts: [String]) -> [UInt8] { [UInt8(texts.count)] + texts.flatMap { Files.string($0) } }
      func parts(_ text: String?) -> Set<Substring>? {
        text.map { Set($0.dropFirst("set 4 ".count).split(separator: ",", omittingEmptySubsequences: false)) }
      }
      for texts in [["b", "a", "", "7"], ["3", "-70000", "1", "2"], ["a", long, "1", "b"], [long, "x", "y", "z"]] {
        let server = try DumpedServer()
        try server.read(Files.file(type: 2, members(texts)))
        #expect(parts(server.text(of: "k")) == Set((texts + [""]).map { $0[...] }), "\(texts)")
        // It is stored as a set that was filled with commands.
        try server.fill("filled", "set", texts.map { Array($0.utf8) })
        #expect(server.payload("k").first == server.payload("filled").first, "\(texts)")
        for twice in texts {
          #expect(try read(2, members(texts + [twice])) == nil, "\(twice) twice in \(texts)")
          #expect(try read(2, members([twice] + texts)) == nil, "\(twice) twice in \(texts)")
        }
      }
    }

    @Test func zipmaps() throws {
      let map: [UInt8] = [2] + short("key") + [1, 0] + Array("1".utf8) + [254, 2, 0, 0, 0] + Array("k2".utf8) + [2, 3]
        + Array("v2".utf8) + [0, 0, 0, 0xff]
      #expect(try read(9, Files.string(map), version: 2) == "hash 2 key,1,k2,v2,")
      var unknown = map
      unknown[0] = 254
      #expect(try read(9, Files.string(unknown), version: 2) == "hash 2 key,1,k2,v2,")
      // The last three are of bytes that are free, and of the end.
      for end in 0..<map.count - 4 {
        #expect(try read(9, Files.string(Array(map[..<end]) + [0xff]), version: 2) != "hash 2 key,1,k2,v2,")
      }
    }

    @Test func setsOfIntegers() throws {
      #expect(try read(11, Files.string([2, 0, 0, 0, 2, 0, 0, 0, 0xff, 0xff, 5, 0])) == "set 2 -1,5,")
      #expect(try read(11, Files.string([4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80])) == "set 1 -2147483648,")
      let wide: [UInt8] = [8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80]
      #expect(try read(11, Files.string(wide)) == "set 1 -9223372036854775807,")
      for bad: [UInt8] in [
        [3, 0, 0, 0, 1, 0, 0, 0, 1, 2, 3], [2, 0, 0, 0, 2, 0, 0, 0, 1, 0], [2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0],
        [0, 0, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 0], [],
      ] {
        #expect(try read(11, Files.string(bad)) == nil)
      }
    }

    @Test func plainCollections() throws {
      #expect(try read(1, [2] + Files.string("a") + [0xc0, 0xff]) == "list 2 a,-1,")
      #expect(try read(2, [1] + Files.string("a")) == "set 1 a,")
      #expect(try read(2, [2] + Files.string("a") + Files.string("a")) == nil)
      #expect(try read(4, [1] + Files.string("f") + [0xc1, 0x39, 0x30]) == "hash 1 f,12345,")
      let finite = Files.string("a") + [3] + Array("2.5".utf8)
      let scored = [3] + finite + Files.string("b") + [254] + Files.string("c") + [255]
      #expect(try read(3, scored) == "zset 3 c,-inf,a,2.5,b,inf,")
      #expect(try read(3, [1] + Files.string("a") + [253]) == nil)
      #expect(try read(5, [1] + Files.string("a") + [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]) == "zset 1 a,1.0,")
      #expect(try read(5, [1] + Files.string("a") + [0, 0, 0, 0, 0, 0, 0xf8, 0x7f]) == nil)
      // What has no elements is left out.
      #expect(try read(2, [0]) == nil)
    }

    /// Lengths that no file could have: refused at once, without a byte of memory for them.
    @Test func claims() throws {
      for type: UInt8 in [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 16, 17, 18, 20] {
        #expect(try read(type, [0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) == nil)
        #expect(try read(type, [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) == nil)
        #expect(try read(type, [0x80, 0xff, 0xff, 0xff, 0xff]) == nil)
        let compressed: [UInt8] = [0xc3, 0x05, 0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3, 4]
        #expect(try read(type, compressed) == nil)
        #expect(try read(type, [0xc4, 0]) == nil)
        #expect(try read(type, []) == nil)
      }
      for type: UInt8 in [6, 8, 22, 23, 24, 25, 26, 100, 200] { #expect(try read(type, [1, 1, 1]) == nil) }
    }

    /// Room is made for as many keys as a file says that it has, and no more than can follow.
    @Test func claimsOfKeys() throws {
      let claims: [(keys: [UInt8], bytes: Int, buckets: ClosedRange<Int>)] = [
        ([0x53, 0x88], 12_000, 512...2048), ([0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1000, 1...128),
        ([0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 12_000, 512...2048),
      ]
      for claim in claims {
        let filled = try DumpedServer()
        let value = [UInt8](repeating: 0x61, count: claim.bytes)
        let sizes = [0xfb] + claim.keys + claim.keys
        // What is claimed for several databases adds up.
        let body = [0xfe, 0] + sizes + [0xfe, 1] + sizes + [0xfe, 0, 0] + Files.string("k") + Files.string(value)
        try filled.read(Files.framed(body))
        let buckets = (0...1).compactMap { filled.server.database($0)?.state.value.keys.bucketCount }
        #expect(claim.buckets.contains(buckets.reduce(0, +)), "\(claim.bytes): \(buckets)")
      }
    }

    @Test func versions() throws {
      for version in [1, 2, 4, 5, 6, 9, 10, 11, 12, 13, 80] {
        #expect(try read(0, Files.string("v"), version: version) == "string v")
      }
      for version in [0, 14, 79, 81, 9999] { #expect(try read(0, Files.string("v"), version: version) == nil) }
      // Valkey's has its own name, and one digit less.
      let file = Files.file(type: 0, Files.string("v"), version: 80)
      for (name, isRead) in [("VALKEY080", true), ("VALKEY999", false), ("VALKEX080", false)] {
        let server = try DumpedServer()
        var options = RDBReader.Options()
        options.checksChecksum = false
        let named = Array(name.utf8) + file[9...]
        let summary = try? server.read(named, options)
        #expect((summary != nil) == isRead)
      }
    }
  }
}
