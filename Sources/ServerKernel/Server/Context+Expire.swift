import Containers

extension Context {
  /// Ends a key's time to live at `time`, Unix milliseconds, or removes the key when that is not in the future, and
  /// journals which of the two it was in place of the command. False when there is no such key.
  @discardableResult
  public mutating func expire(_ key: borrowing Bytes, at time: Int64) -> Bool {
    switch db.expire(key, at: time) {
    case .missing: return false
    case .set:
      let text = DecimalText(time)
      journal.replace("PEXPIREAT", key, text.bytes)
    case .removed(let lazily):
      journal.replace(lazily ? "UNLINK" : "DEL", key)
    }
    return true
  }
}
