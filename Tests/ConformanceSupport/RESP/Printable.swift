/// Bytes as text that survives a terminal and a line-based file: `\r`, `\n`, `\\` and `\xHH` stand for what is not
/// plain.
public func printable(_ bytes: [UInt8]) -> String {
  var text = ""
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "\r"): text += "\\r"
    case UInt8(ascii: "\n"): text += "\\n"
    case UInt8(ascii: "\\"): text += "\\\\"
    case 0x20...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
    default: text += "\\x" + hex(byte)
    }
  }
  return text
}

/// The bytes that `printable` made the text from, or nil where the text is not of that form.
public func bytes(fromPrintable text: some StringProtocol) -> [UInt8]? {
  var result: [UInt8] = []
  var rest = text.utf8.makeIterator()
  while let byte = rest.next() {
    guard byte == UInt8(ascii: "\\") else {
      result.append(byte)
      continue
    }
    switch rest.next() {
    case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "\""): result.append(UInt8(ascii: "\""))
    case UInt8(ascii: "x"):
      guard let high = rest.next(), let low = rest.next(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { return nil }
      result.append(value)
    default: return nil
    }
  }
  return result
}

private func hex(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16)
  return digits.count == 1 ? "0" + digits : digits
}
