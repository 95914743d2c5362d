import Containers

/// Scripts that were found last: one for each value of the last two digits of their names. To compare a name costs less
/// than to read it and to look it up.
struct RecentScripts {
  private var slots: [Script?] = Array(repeating: nil, count: 256)

  /// The script of this name, if it is one of them.
  func find(_ name: borrowing Bytes) -> Script? {
    guard name.count == ScriptName.length, let script = slots[Self.slot(name)] else { return nil }
    let known = script.text
    return name == known.bytes ? script : nil
  }

  /// Keeps a script, in place of another one perhaps.
  mutating func add(_ script: Script) {
    let name = script.text
    slots[Self.slot(name.bytes)] = script
  }

  /// Forgets a script.
  mutating func remove(_ script: Script) {
    let name = script.text
    let slot = Self.slot(name.bytes)
    if slots[slot] === script { slots[slot] = nil }
  }

  private static func slot(_ name: borrowing Bytes) -> Int {
    // Of a digit the lower bits, and the one that tells letters from numbers.
    let high = Int(name[38]), low = Int(name[39])
    return ((high & 7) | (high & 64) >> 3) << 4 | (low & 7) | (low & 64) >> 3
  }
}
