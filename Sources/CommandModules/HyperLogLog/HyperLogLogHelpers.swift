import Containers
import ServerKernel

extension CommandError {
  /// The string has the form of a HyperLogLog, and registers that do not add up.
  static var corruptedHyperLogLog: CommandError { .literal("INVALIDOBJ Corrupted HLL object detected") }
}

/// The encoding of a HyperLogLog; throws when the string is none.
func encoding(of value: borrowing StringView) throws(CommandError) -> HyperLogLog.Encoding {
  // What is stored as an integer has no bytes, and what has too few is no HyperLogLog.
  guard let encoding = HyperLogLog.encoding(of: value.storedBytes) else {
    throw .literal("WRONGTYPE Key is not a valid HyperLogLog string value.")
  }
  return encoding
}

/// The registers of all elements that any of the keys had.
func union(
  of keys: Range<Int>, _ call: borrowing Call, _ context: borrowing Context
) throws(CommandError) -> HyperLogLogRegisters {
  var registers = HyperLogLogRegisters()
  var index = keys.lowerBound
  while index < keys.upperBound {
    let first = try context.db.string(call[index])
    index += 1
    guard let first else { continue }
    let isWhole: Bool
    // The first one is copied. A dense one behind it is merged together with its successor; there is nothing in it
    // that could be corrupted.
    let isPaired = try encoding(of: first) == .dense && index < keys.upperBound && !registers.isEmpty
    if isPaired, let second = try context.db.string(call[index]) {
      _ = try encoding(of: second)
      isWhole = registers.merge(first.storedBytes, second.storedBytes)
    } else {
      isWhole = registers.merge(first.storedBytes)
    }
    if isPaired { index += 1 }
    if !isWhole { throw .corruptedHyperLogLog }
  }
  return registers
}
