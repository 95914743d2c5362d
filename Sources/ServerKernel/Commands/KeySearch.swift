import Containers

/// A key among a call's arguments, and what the command does with it.
public struct KeyReference: Sendable {
  /// The argument's index.
  public let position: Int
  /// What is done with the key.
  public let flags: KeySpec.Flags

  /// The key at an argument.
  public init(position: Int, flags: KeySpec.Flags) {
    self.position = position
    self.flags = flags
  }
}

extension Command {
  /// Whether the command takes keys at all.
  public var hasKeys: Bool { spec.keys.contains { !$0.flags.contains(.notKey) } }

  /// Whether a call may have so many arguments, the name included.
  public func accepts(_ count: Int) -> Bool { spec.arity >= 0 ? count == spec.arity : count >= -spec.arity }

  /// The keys of a call of this command; nil when its arguments make no sense, so that none can be found.
  public func keys(of call: borrowing Call) -> [KeyReference]? {
    if let found = type.findKeys(call) { return found.isEmpty ? nil : found }
    var found: [KeyReference] = []
    for key in spec.keys where !key.flags.contains(.notKey) {
      guard let range = key.find(in: call, hasFixedArity: spec.arity > 0) else { return nil }
      for position in range { found.append(KeyReference(position: position, flags: key.flags)) }
      if key.flags.contains(.incomplete) { return nil }
    }
    return found
  }
}

extension KeySpec {
  /// The arguments that are keys; empty when the spec's keyword is missing, nil when the arguments make no sense.
  fileprivate func find(in call: borrowing Call, hasFixedArity: Bool) -> [Int]? {
    var first: Int
    switch start {
    case .index(let index): first = index
    case .keyword(let word, let from):
      guard let position = Self.position(of: word, from: from, in: call) else { return [] }
      first = position + 1
    case .unknown: return nil
    }
    let last: Int
    let step: Int
    switch extent {
    case .range(let end, let rangeStep, let limit):
      step = rangeStep
      if end >= 0 {
        last = first + end
      } else {
        last = limit == 0 ? call.count + end : first + (call.count - first) / limit + end
      }
    case .counted(let number, let firstKey, let countedStep):
      step = countedStep
      guard first + number < call.count, let count = call[first + number].integer, count >= 0 else { return nil }
      first += firstKey
      last = first.addingSaturated(Int(clamping: count)) - 1
    case .unknown: return nil
    }
    if last >= call.count || last < first || first >= call.count { return nil }
    return Array(stride(from: first, through: last, by: max(1, step)))
  }

  /// Where a word stands, sought forwards, or backwards when `from` is negative.
  private static func position(of word: String, from: Int, in call: borrowing Call) -> Int? {
    let wanted = Array(word.lowercased().utf8)
    var position = from > 0 ? from : call.count + from
    let end = from > 0 ? call.count - 1 : 1
    while position != end {
      if position >= call.count || position < 1 { return nil }
      if wanted.bytes.isLowercase(of: call[position]) { return position }
      position += position <= end ? 1 : -1
    }
    return nil
  }
}
