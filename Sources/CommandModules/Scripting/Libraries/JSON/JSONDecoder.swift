import Containers
import ScriptEngines

/// Makes values for scripts of JSON, and of some texts that are almost JSON.
struct JSONDecoder: ~Copyable, ~Escapable {
  private var tokens: JSONTokens
  private let options: JSONOptions
  private let result: ScriptWriter

  @_lifetime(copy text)
  init(_ text: Bytes, _ options: JSONOptions, _ result: ScriptWriter) {
    tokens = JSONTokens(text, decodesInvalid: options.decodesInvalid)
    self.options = options
    self.result = result
  }

  /// Writes the value of the whole text.
  mutating func decode() throws(LibraryError) {
    if tokens.isWide { throw .text("JSON parser does not support UTF-16 or UTF-32") }
    try value(tokens.next(), depth: 0)
    let token = tokens.next()
    guard case .end = token else { throw expected("the end", token) }
  }

  /// What is wrong with the token that was read last.
  private func expected(_ what: StaticString, _ token: JSONTokens.Token) -> LibraryError {
    .text("Expected \(what) but found \(token.name) at character \(tokens.place + 1)")
  }

  private mutating func value(_ token: JSONTokens.Token, depth: Int) throws(LibraryError) {
    switch token {
    case .string: tokens.writeString(result)
    case .number(let number): result.number(number)
    case .boolean(let isTrue): result.boolean(isTrue)
    case .null: result.nullPointer()
    case .objectBegin: try object(depth: depth + 1)
    case .arrayBegin: try array(depth: depth + 1)
    default: throw expected("value", token)
    }
  }

  private func check(_ depth: Int) throws(LibraryError) {
    if depth > min(options.decodeDepth, JSONOptions.deepest) {
      throw .text("Found too many nested data structures (\(depth)) at character \(tokens.position)")
    }
  }

  private mutating func object(depth: Int) throws(LibraryError) {
    try check(depth)
    let table = result.begin(isArray: false)
    var count = 0
    var token = tokens.next()
    if case .objectEnd = token { return result.end(table, count: 0) }
    while true {
      guard case .string = token else { throw expected("object key string", token) }
      tokens.writeString(result)
      token = tokens.next()
      guard case .colon = token else { throw expected("colon", token) }
      try value(tokens.next(), depth: depth)
      count += 1
      token = tokens.next()
      if case .objectEnd = token { return result.end(table, count: count) }
      guard case .comma = token else { throw expected("comma or object end", token) }
      token = tokens.next()
    }
  }

  private mutating func array(depth: Int) throws(LibraryError) {
    try check(depth)
    let table = result.begin(isArray: true)
    var count = 0
    var token = tokens.next()
    if case .arrayEnd = token { return result.end(table, count: 0) }
    while true {
      try value(token, depth: depth)
      count += 1
      token = tokens.next()
      if case .arrayEnd = token { return result.end(table, count: count) }
      guard case .comma = token else { throw expected("comma or array end", token) }
      token = tokens.next()
    }
  }
}
