// Arguments that commands have in common which remove elements, whatever the type.
extension Call {
  /// How many elements to remove, 0 or more; anything else is out of range.
  public func popCount(_ index: Int) throws(CommandError) -> Int {
    guard let count = self[index].integer, count >= 0 else {
      throw .literal("ERR value is out of range, must be positive")
    }
    return Int(count)
  }

  /// `numkeys key [key ...]`, and behind them at least the end to remove from: the positions of the keys.
  public func keysToPop(from first: Int) throws(CommandError) -> Range<Int> {
    guard let number = self[first].integer, number > 0 else {
      throw .literal("ERR numkeys should be greater than 0")
    }
    guard number < count - first - 1 else { throw .syntax }
    return first + 1..<first + 1 + Int(number)
  }

  /// `[COUNT count]`, with which the call ends; 1 when it is not there.
  public func optionalPopCount(from first: Int) throws(CommandError) -> Int {
    if first == count { return 1 }
    guard matches(first, "COUNT"), first + 1 < count else { throw .syntax }
    guard let number = self[first + 1].integer, number > 0 else {
      throw .literal("ERR count should be greater than 0")
    }
    if first + 2 < count { throw .syntax }
    return Int(number)
  }
}
