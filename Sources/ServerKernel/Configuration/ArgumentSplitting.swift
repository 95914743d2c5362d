/// A line of a configuration file, or of an inline command, taken apart into its words.
///
/// Words are separated by blanks. Within double quotes `\n`, `\r`, `\t`, `\b`, `\a` and `\xhh` stand for bytes and
/// `\` before anything else for that; within single quotes only `\'` is special. A closing quote ends its word:
/// nil when something else follows it, or when a quote is left open.
public func splitArguments(_ line: [UInt8]) -> [[UInt8]]? {
  var words: [[UInt8]] = []
  var index = 0
  while true {
    while index < line.count, isBlank(line[index]) { index += 1 }
    guard index < line.count else { return words }
    guard let word = parseWord(line, &index) else { return nil }
    words.append(word)
  }
}

/// `text` in double quotes, with escapes for what `splitArguments` would not read back as it stands.
public func quotedArgument(_ text: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [UInt8(ascii: "\"")]
  for byte in text {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): result += [UInt8(ascii: "\\"), byte]
    case 0x0a: result += Array("\\n".utf8)
    case 0x0d: result += Array("\\r".utf8)
    case 0x09: result += Array("\\t".utf8)
    case 0x07: result += Array("\\a".utf8)
    case 0x08: result += Array("\\b".utf8)
    case 0x20...0x7e: result.append(byte)
    default: result += Array((byte < 16 ? "\\x0" : "\\x").utf8) + Array(String(byte, radix: 16).utf8)
    }
  }
  return result + [UInt8(ascii: "\"")]
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }

private func parseWord(_ line: [UInt8], _ index: inout Int) -> [UInt8]? {
  var word: [UInt8] = []
  while index < line.count {
    let byte = line[index]
    index += 1
    switch byte {
    // Vertical tab and form feed separate words but do not end one, as in Redis.
    case 0x20, 0x09, 0x0a, 0x0d: return word
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard parseQuoted(line, &index, quote: byte, into: &word) else { return nil }
      return word
    default: word.append(byte)
    }
  }
  return word
}

/// Reads up to the closing quote; false when there is none, or when it does not end the word.
private func parseQuoted(_ line: [UInt8], _ index: inout Int, quote: UInt8, into word: inout [UInt8]) -> Bool {
  let escapes = quote == UInt8(ascii: "\"")
  while index < line.count {
    let byte = line[index]
    index += 1
    if byte == quote { return index == line.count || isBlank(line[index]) }
    guard byte == UInt8(ascii: "\\"), index < line.count, escapes || line[index] == quote else {
      word.append(byte)
      continue
    }
    word.append(escapes ? parseEscape(line, &index) : quote)
    if !escapes { index += 1 }
  }
  return false
}

/// The byte that the escape at `index`, just after its backslash, stands for.
private func parseEscape(_ line: [UInt8], _ index: inout Int) -> UInt8 {
  let byte = line[index]
  index += 1
  switch byte {
  case UInt8(ascii: "x"):
    guard index + 1 < line.count, let high = hexDigit(line[index]), let low = hexDigit(line[index + 1]) else {
      return byte
    }
    index += 2
    return high << 4 | low
  case UInt8(ascii: "n"): return 0x0a
  case UInt8(ascii: "r"): return 0x0d
  case UInt8(ascii: "t"): return 0x09
  case UInt8(ascii: "b"): return 0x08
  case UInt8(ascii: "a"): return 0x07
  default: return byte
  }
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
