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
  for index in keys {
    guard let value = try context.db.string(call[index]) else { continue }
    _ = try encoding(of: value)
    if !registers.merge(value.storedBytes) { throw .corruptedHyperLogLog }
  }
  return registers
}
