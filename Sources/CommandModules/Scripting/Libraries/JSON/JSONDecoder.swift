import Containers
import ScriptEngines

/// Makes values for scripts of JSON, and of some texts that are almost JSON.
struct JSONDecoder {
  private let text: [UInt8]
  private let options: JSONOptions
  private let result: ScriptWriter

  init(_ text: [UInt8], _ options: JSONOptions, _ result: ScriptWriter) {
    self.text = text
    self.options = options
    self.result = result
  }

  /// What stands at a place of the text.
  private enum Token {
    case objectBegin, objectEnd, arrayBegin, arrayEnd, comma, colon, end, null
    /// One without escapes, which is read where it stands.
    case plain(Range<Int>)
    case string([UInt8])
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
      case .plain, .string: "T_STRING"
      case .number: "T_NUMBER"
      case .boolean: "T_BOOLEAN"
      case .error(let reason): reason
      }
    }
  }

  /// Writes the value of the whole text.
  func decode() throws(LibraryError) {
    if text.count >= 2 && (text[0] == 0 || text[1] == 0) {
      throw .text("JSON parser does not support UTF-16 or UTF-32")
    }
    var position = 0
    try value(next(&position), &position, depth: 0)
    let (token, place) = next(&position)
    guard case .end = token else { throw expected("the end", token, place) }
  }

  private func expected(_ what: StaticString, _ token: Token, _ place: Int) -> LibraryError {
    .text("Expected \(what) but found \(token.name) at character \(place + 1)")
  }

  private func value(_ read: (token: Token, place: Int), _ position: inout Int, depth: Int) throws(LibraryError) {
    switch read.token {
    case .plain(let range): result.string(text.bytes[range])
    case .string(let bytes): result.string(bytes.bytes)
    case .number(let number): result.number(number)
    case .boolean(let isTrue): result.boolean(isTrue)
    case .null: result.nullPointer()
    case .objectBegin: try object(&position, depth: depth + 1)
    case .arrayBegin: try array(&position, depth: depth + 1)
    default: throw expected("value", read.token, read.place)
    }
  }

  private func check(_ depth: Int, _ position: Int) throws(LibraryError) {
    if depth > options.decodeDepth {
      throw .text("Found too many nested data structures (\(depth)) at character \(position)")
    }
  }

  private func object(_ position: inout Int, depth: Int) throws(LibraryError) {
    try check(depth, position)
    let table = result.begin(isArray: false)
    var count = 0
    var (token, place) = next(&position)
    if case .objectEnd = token { return result.end(table, count: 0) }
    while true {
      switch token {
      case .plain(let range): result.string(text.bytes[range])
      case .string(let key): result.string(key.bytes)
      default: throw expected("object key string", token, place)
      }
      (token, place) = next(&position)
      guard case .colon = token else { throw expected("colon", token, place) }
      try value(next(&position), &position, depth: depth)
      count += 1
      (token, place) = next(&position)
      if case .objectEnd = token { return result.end(table, count: count) }
      guard case .comma = token else { throw expected("comma or object end", token, place) }
      (token, place) = next(&position)
    }
  }

  private func array(_ position: inout Int, depth: Int) throws(LibraryError) {
    try check(depth, position)
    let table = result.begin(isArray: true)
    var count = 0
    var (token, place) = next(&position)
    if case .arrayEnd = token { return result.end(table, count: 0) }
    while true {
      try value((token, place), &position, depth: depth)
      count += 1
      (token, place) = next(&position)
      if case .arrayEnd = token { return result.end(table, count: count) }
      guard case .comma = token else { throw expected("comma or array end", token, place) }
      (token, place) = next(&position)
    }
  }

  /// A zero byte ends the text, as in C.
  private func byte(_ position: Int) -> UInt8 { position < text.count ? text[position] : 0 }

  private func next(_ position: inout Int) -> (token: Token, place: Int) {
    while byte(position) == 32 || byte(position) == 9 || byte(position) == 10 || byte(position) == 13 { position += 1 }
    let place = position
    let first = byte(place)
    switch first {
    case 0: return (.end, place)
    case UInt8(ascii: "{"): position += 1; return (.objectBegin, place)
    case UInt8(ascii: "}"): position += 1; return (.objectEnd, place)
    case UInt8(ascii: "["): position += 1; return (.arrayBegin, place)
    case UInt8(ascii: "]"): position += 1; return (.arrayEnd, place)
    case UInt8(ascii: ","): position += 1; return (.comma, place)
    case UInt8(ascii: ":"): position += 1; return (.colon, place)
    case UInt8(ascii: "\""): return string(&position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      if !options.decodesInvalid && isInvalidNumber(place) { return (.error("invalid number"), place) }
      return number(&position)
    default: break
    }
    if word("true", &position) { return (.boolean(true), place) }
    if word("false", &position) { return (.boolean(false), place) }
    if word("null", &position) { return (.null, place) }
    if options.decodesInvalid && isInvalidNumber(place) { return number(&position) }
    return (.error("invalid token"), place)
  }

  private func word(_ word: StaticString, _ position: inout Int) -> Bool {
    let bytes = Bytes(word)
    guard position + bytes.count <= text.count, text.bytes[position..<position + bytes.count] == bytes else {
      return false
    }
    position += bytes.count
    return true
  }

  private func number(_ position: inout Int) -> (token: Token, place: Int) {
    let place = position
    if let (value, length) = smallInteger(place) {
      position += length
      return (.number(value), place)
    }
    let (value, length) = NumberText.leading(text.bytes[place..<text.count])
    if length == 0 { return (.error("invalid number"), place) }
    position += length
    return (.number(value), place)
  }

  /// A number of few digits and nothing else, as most are.
  private func smallInteger(_ start: Int) -> (value: Double, length: Int)? {
    let isNegative = byte(start) == UInt8(ascii: "-")
    let first = isNegative ? start + 1 : start
    var index = first
    var value: Int64 = 0
    while index - first < 15, case UInt8(ascii: "0")...UInt8(ascii: "9") = byte(index) {
      value = value * 10 + Int64(byte(index) - UInt8(ascii: "0"))
      index += 1
    }
    // What goes on may be a fraction, or hexadecimal; and minus zero is another number.
    switch byte(index) {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): break
    default: return nil
    }
    if index == first || isNegative && value == 0 { return nil }
    return (Double(isNegative ? -value : value), index - start)
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
    let word = text.bytes[min(place, end)..<end]
    return word.equalsIgnoringCase("inf") || word.equalsIgnoringCase("nan")
  }

  private func string(_ position: inout Int) -> (token: Token, place: Int) {
    let place = position
    var index = place + 1
    while byte(index) != UInt8(ascii: "\"") && byte(index) != UInt8(ascii: "\\") && byte(index) != 0 { index += 1 }
    if byte(index) == UInt8(ascii: "\"") {
      position = index + 1
      return (.plain(place + 1..<index), place)
    }
    index = place + 1
    var bytes: [UInt8] = []
    var start = index
    while byte(index) != UInt8(ascii: "\"") {
      if byte(index) == 0 { return (.error("unexpected end of string"), index) }
      if byte(index) != UInt8(ascii: "\\") {
        index += 1
        continue
      }
      bytes += text[start..<index]
      switch byte(index + 1) {
      case UInt8(ascii: "u"):
        guard let length = unicode(index, &bytes) else { return (.error("invalid unicode escape code"), index) }
        index += length
      case let letter:
        guard let escaped = Self.escaped(letter) else { return (.error("invalid escape code"), index) }
        bytes.append(escaped)
        index += 2
      }
      start = index
    }
    bytes += text[start..<index]
    position = index + 1
    return (.string(bytes), place)
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
  private func unicode(_ start: Int, _ bytes: inout [UInt8]) -> Int? {
    guard let high = unit(start) else { return nil }
    var code = high
    var length = 6
    if (0xd800..<0xe000).contains(high) {
      guard high < 0xdc00, let low = unit(start + 6), (0xdc00..<0xe000).contains(low) else { return nil }
      code = 0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)
      length = 12
    }
    guard let scalar = Unicode.Scalar(code) else { return nil }
    bytes += Array(String(Character(scalar)).utf8)
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
