import Containers
import ServerKernel

/// Up to which sizes collections are written in their compact forms: what the directives of their types say, so that a
/// server that is configured alike loads them without conversion.
public struct EncodingLimits: Sendable {
  /// Elements, and bytes of the longest part.
  struct Packed: Sendable {
    var entries: Int
    var value: Int
  }

  var hash = Packed(entries: 128, value: 64)
  var sortedSet = Packed(entries: 128, value: 64)
  var set = Packed(entries: 128, value: 64)
  /// Members of a set of integers.
  var integers = 512
  /// Elements, and bytes, of a list's node.
  var listNode = Packed(entries: Int.max, value: 8192)

  /// A collection of more elements is taken by a snapshot in pieces, and those come in no order that a compact form
  /// could keep.
  private static let mostEntries = 1000

  /// Redis' defaults.
  init() {}

  /// What a server's configuration says.
  public init(_ configuration: Configuration) {
    func number(_ name: String, _ value: inout Int) {
      if let text = configuration.text(of: name), let number = text.bytes.integer { value = Int(number) }
    }
    func packed(_ type: String, _ limit: inout Packed) {
      number("\(type)-max-listpack-entries", &limit.entries)
      number("\(type)-max-listpack-value", &limit.value)
      limit.entries = min(limit.entries, Self.mostEntries)
    }
    packed("hash", &hash)
    packed("zset", &sortedSet)
    packed("set", &set)
    number("set-max-intset-entries", &integers)
    integers = min(integers, Self.mostEntries)
    var node = -2
    number("list-max-listpack-size", &node)
    if node < 0 {
      listNode = Packed(entries: Int.max, value: 4096 << (min(-node, 5) - 1))
    } else {
      listNode = Packed(entries: max(1, node), value: 8192)
    }
  }
}
