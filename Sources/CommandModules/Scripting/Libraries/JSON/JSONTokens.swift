import Containers
import ScriptEngines

/// Takes the text of JSON apart. Nothing is copied but strings with escapes.
struct JSONTokens: ~Copyable, ~Escapable {
  private let text: Bytes
  private let decodesInvalid: Bool
  /// Where the next token is looked for.
  private(set) var position = 0
  /// Where the token that was read last began, or for a string that is none where it went wrong.
  private(set) var place = 0
  /// The string that was read last: where it stands, if it has no escapes, otherwise what they stand for.
  private var plain: Range<Int>? = 0..<0
  private var unescaped: [UInt8] = []

  @_lifetime(copy text)
  init(_ text: Bytes, decodesInvalid: Bool) {
    self.text = text
    self.decodesInvalid = decodesInvalid
  }

  /// What stands at a place of the text.
  enum Token {
    case objectBegin, objectEnd, arrayBegin, arrayEnd, comma, colon, end, null, string
    case number(Double)
    case boolean(Bool)
    /// None: why not.
    case error(StaticString)

    var name: StaticString {
      switch self {
      case .objectBegin: "T_OBJ_BEGIN"
      case .objectEnd: "T_OBJ_END"
      case .arrayBegin: "T_ARR_BEGIN"
      case .arrayEnd: "T_ARR_END"
      case .comma: "T_COMMA"
      case .colon: "T_COLON"
      case .end: "T_END"
      case .null: "T_NULL"
      case .string: "T_STRING"
      case .number: "T_NUMBER"
      case .boolean: "T_BOOLEAN"
      case .error(let reason): reason
      }
    }
  }

  /// Whether it is text of two or four bytes per character.
  var isWide: Bool { text.count >= 2 && (text[0] == 0 || text[1] == 0) }

  /// Writes the string that was read last.
  func writeString(_ result: ScriptWriter) {
    if let plain { result.string(text[plain]) } else { result.string(unescaped.bytes) }
  }

  /// A zero byte ends the text, as in C.
  @inline(__always)
  private func byte(_ position: Int) -> UInt8 { position < text.count ? text[position] : 0 }

  /// The next token.
  mutating func next() -> Token {
    var first = byte(position)
    while first == 32 || first == 9 || first == 10 || first == 13 {
      position += 1
      first = byte(position)
    }
    place = position
    switch first {
    case 0: return .end
    case UInt8(ascii: "{"): return single(.objectBegin)
    case UInt8(ascii: "}"): return single(.objectEnd)
    case UInt8(ascii: "["): return single(.arrayBegin)
    case UInt8(ascii: "]"): return single(.arrayEnd)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: ":"): return single(.colon)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      if !decodesInvalid && isInvalidNumber(place) { return .error("invalid number") }
      return number()
    default: break
    }
    if word("true") { return .boolean(true) }
    if word("false") { return .boolean(false) }
    if word("null") { return .null }
    if decodesInvalid && isInvalidNumber(place) { return number() }
    return .error("invalid token")
  }

  @inline(__always)
  private mutating func single(_ token: Token) -> Token {
    position += 1
    return token
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let bytes = Bytes(word)
    guard position + bytes.count <= text.count, text[position..<position + bytes.count] == bytes else { return false }
    position += bytes.count
    return true
  }

  private mutating func number() -> Token {
    if let (value, length) = JSONNumber.read(text[place..<text.count]) {
      position += length
      return .number(value)
    }
    let (value, length) = NumberText.leading(text[place..<text.count])
    if length == 0 { return .error("invalid number") }
    position += length
    return .number(value)
  }

  /// Whether C reads a number here that JSON does not have: infinity, NaN, hexadecimal or octal, or with a plus.
  private func isInvalidNumber(_ start: Int) -> Bool {
    if byte(start) == UInt8(ascii: "+") { return true }
    let place = byte(start) == UInt8(ascii: "-") ? start + 1 : start
    let first = byte(place), second = byte(place + 1)
    if first == UInt8(ascii: "0") {
      return second | 32 == UInt8(ascii: "x") || (second >= UInt8(ascii: "0") && second <= UInt8(ascii: "9"))
    }
    if first <= UInt8(ascii: "9") { return false }
    let end = min(place + 3, text.count)
    let word = text[min(place, end)..<end]
    return word.equalsIgnoringCase("inf") || word.equalsIgnoringCase("nan")
  }

  private mutating func string() -> Token {
    let start = place + 1
    var index = start
    while true {
      let byte = byte(index)
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        plain = start..<index
        return .string
      }
      if byte == UInt8(ascii: "\\") || byte == 0 { return escapedString(start) }
      index += 1
    }
  }

  private mutating func escapedString(_ start: Int) -> Token {
    plain = nil
    unescaped.removeAll(keepingCapacity: true)
    var index = start
    while byte(index) != UInt8(ascii: "\"") {
      if byte(index) == 0 { return fail("unexpected end of string", index) }
      if byte(index) != UInt8(ascii: "\\") {
        unescaped.append(byte(index))
        index += 1
        continue
      }
      if byte(index + 1) == UInt8(ascii: "u") {
        guard let length = unicode(index) else { return fail("invalid unicode escape code", index) }
        index += length
      } else {
        guard let escaped = Self.escaped(byte(index + 1)) else { return fail("invalid escape code", index) }
        unescaped.append(escaped)
        index += 2
      }
    }
    position = index + 1
    return .string
  }

  private mutating func fail(_ reason: StaticString, _ index: Int) -> Token {
    place = index
    return .error(reason)
  }

  private static func escaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "r"): 13
    default: nil
    }
  }

  /// Appends the character that an escape of one or two code units stands for; returns its length.
  private mutating func unicode(_ start: Int) -> Int? {
    guard let high = unit(start) else { return nil }
    var code = high
    var length = 6
    if (0xd800..<0xe000).contains(high) {
      guard high < 0xdc00, let low = unit(start + 6), (0xdc00..<0xe000).contains(low) else { return nil }
      code = 0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)
      length = 12
    }
    guard let scalar = Unicode.Scalar(code) else { return nil }
    if let units = Unicode.UTF8.encode(scalar) { unescaped += units }
    return length
  }

  private func unit(_ start: Int) -> UInt32? {
    guard byte(start) == UInt8(ascii: "\\"), byte(start + 1) == UInt8(ascii: "u") else { return nil }
    var code: UInt32 = 0
    for offset in 2..<6 {
      guard let digit = hexadecimalDigit(byte(start + offset)) else { return nil }
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}
