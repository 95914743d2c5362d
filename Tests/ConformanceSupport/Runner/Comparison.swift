/// How a reply is compared with the one expected.
public enum Comparison: Sendable {
  /// Byte for byte.
  case exactBytes
  /// The elements of an array, set or map in any order: KEYS, SMEMBERS.
  case unordered
  /// The cursor byte for byte, the elements in any order: SCAN.
  case unorderedScan
  /// A flat array of keys and values, its pairs in any order: HGETALL in RESP2. Maps compare as with `unordered`.
  case unorderedPairs
  /// Numbers that may differ by so much: TTL, OBJECT IDLETIME. Anything else byte for byte.
  case number(tolerance: Double)
  /// The type of the reply alone, as for RANDOMKEY or TIME.
  case typeOnly
  /// A deviation from Redis, with the reason for it: what the reply of goredis has to fulfil instead.
  case deviation(reason: String, accepts: @Sendable (RESPReply) -> Bool)

  /// How the replies differ; nil when they agree.
  func difference(_ actual: RESPReply, _ expected: RESPReply) -> String? {
    let isSame: Bool
    var rule = ""
    switch self {
    case .exactBytes: isSame = actual.raw == expected.raw
    case .unordered:
      isSame = Comparison.sorted(actual.value, pairs: false) == Comparison.sorted(expected.value, pairs: false)
      rule = " (in any order)"
    case .unorderedScan:
      if let left = actual.value.elements, let right = expected.value.elements, left.count == 2, right.count == 2 {
        isSame =
          left[0] == right[0] && Comparison.sorted(left[1], pairs: false) == Comparison.sorted(right[1], pairs: false)
      } else {
        isSame = actual.raw == expected.raw
      }
      rule = " (elements in any order)"
    case .unorderedPairs:
      isSame = Comparison.sorted(actual.value, pairs: true) == Comparison.sorted(expected.value, pairs: true)
      rule = " (pairs in any order)"
    case .number(let tolerance):
      if let left = actual.value.number, let right = expected.value.number {
        isSame = actual.value.typeName == expected.value.typeName && abs(left - right) <= tolerance
      } else {
        isSame = actual.raw == expected.raw
      }
      rule = " (give or take \(tolerance))"
    case .typeOnly:
      isSame = actual.value.typeName == expected.value.typeName
      rule = " (a reply of this type)"
    case .deviation(let reason, let accepts):
      return accepts(actual) ? nil : "replied \(actual), which the deviation does not allow: \(reason)"
    }
    return isSame ? nil : "replied \(actual), expected\(rule) \(expected)"
  }

  /// The elements in an order that depends on their bytes alone, after the type's name.
  private static func sorted(_ value: RESPValue, pairs: Bool) -> [String] {
    func text(_ value: RESPValue) -> String { String(describing: value) }
    var items: [String]
    switch value {
    case .map(let entries): items = entries.map { text($0.key) + text($0.value) }
    case .array(let elements) where pairs && elements.count % 2 == 0:
      items = stride(from: 0, to: elements.count, by: 2).map { text(elements[$0]) + text(elements[$0 + 1]) }
    case .array(let elements), .set(let elements), .push(let elements): items = elements.map(text)
    default: items = [text(value)]
    }
    items.sort()
    return [value.typeName] + items
  }
}
