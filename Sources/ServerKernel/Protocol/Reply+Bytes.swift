import Containers

// Replies of which no more than their bytes is known. Line breaks, which would end them early, become spaces.
extension Reply {
  /// A status.
  public func status(_ text: borrowing Bytes) { line("+", text) }

  /// A number of any size, as it is spelled: a bulk string in RESP2.
  public func bigNumber(_ digits: borrowing Bytes) {
    if isRESP3 { return line("(", digits) }
    let line = Self.onOneLine(digits)
    bulk(line.bytes)
  }

  /// Text for people, with its format of three letters: a bulk string in RESP2.
  public func verbatim(_ text: borrowing Bytes, format: borrowing Bytes) {
    if !isRESP3 { return bulk(text) }
    var letters = format.array.prefix(3)
    while letters.count < 3 { letters.append(UInt8(ascii: " ")) }
    prepare()
    header(UInt8(ascii: "="), Int64(text.count + 4))
    let mark = Array(letters)
    raw(mark.bytes)
    raw(":")
    raw(text)
    raw("\r\n")
  }

  private func line(_ mark: StaticString, _ text: borrowing Bytes) {
    prepare()
    raw(mark)
    let line = Self.onOneLine(text)
    raw(line.bytes)
    raw("\r\n")
  }

  private static func onOneLine(_ text: borrowing Bytes) -> [UInt8] {
    text.array.map { $0 == 10 || $0 == 13 ? 32 : $0 }
  }
}
