import Containers
import ScriptEngines

/// How `cjson` encodes and decodes; scripts change it for all that come after them.
final class JSONOptions {
  /// What becomes of numbers that JSON does not have.
  enum InvalidNumbers {
    case refused, null, written
  }

  var convertsSparse = false
  var sparseRatio = 2
  var sparseSafe = 10
  var encodeDepth = 1000
  var decodeDepth = 1000
  var precision = 14
  var keepsBuffer = true
  var encodesInvalid = InvalidNumbers.refused
  var decodesInvalid = true

  /// Tables are passed on this far down: deeper ones no stack holds.
  static let deepest = 4000

  /// The table `cjson`.
  var functions: [ScriptFunction] {
    [
      .library("cjson", "encode", depth: Self.deepest) { [self] arguments, result throws(LibraryError) in
        let value = arguments.next()
        if value.kind == .none || !arguments.isAtEnd { throw .argument(1, "expected 1 argument") }
        var encoder = JSONEncoder(self)
        try encoder.encode(value, depth: 0)
        result.string(encoder.output.bytes)
      },
      .library("cjson", "decode") { [self] arguments, result throws(LibraryError) in
        let value = arguments.next()
        if value.kind == .none || !arguments.isAtEnd { throw .argument(1, "expected 1 argument") }
        if value.kind == .string {
          var decoder = JSONDecoder(value.string, self, result)
          return try decoder.decode()
        }
        let text = try value.text(argument: 1)
        var decoder = JSONDecoder(text.bytes, self, result)
        try decoder.decode()
      },
      setting("encode_max_depth", 1...Int(Int32.max)) { $0.encodeDepth } _: { $0.encodeDepth = $1 },
      setting("decode_max_depth", 1...Int(Int32.max)) { $0.decodeDepth } _: { $0.decodeDepth = $1 },
      setting("encode_number_precision", 1...14) { $0.precision } _: { $0.precision = $1 },
      .library("cjson", "encode_keep_buffer") { [self] arguments, result throws(LibraryError) in
        if let choice = try choice(&arguments) { keepsBuffer = choice != .refused }
        result.boolean(keepsBuffer)
      },
      .library("cjson", "encode_invalid_numbers") { [self] arguments, result throws(LibraryError) in
        if let choice = try choice(&arguments, allowsNull: true) { encodesInvalid = choice }
        switch encodesInvalid {
        case .refused: result.boolean(false)
        case .null: result.string("null")
        case .written: result.boolean(true)
        }
      },
      .library("cjson", "decode_invalid_numbers") { [self] arguments, result throws(LibraryError) in
        if let choice = try choice(&arguments) { decodesInvalid = choice != .refused }
        result.boolean(decodesInvalid)
      },
      .library("cjson", "encode_sparse_array") { [self] arguments, result throws(LibraryError) in
        try setSparse(&arguments, result)
      },
    ]
  }

  var constants: [(table: String, name: String, write: (ScriptWriter) -> Void)] {
    [
      ("cjson", "null", { $0.nullPointer() }), ("cjson", "_NAME", { $0.string("cjson") }),
      ("cjson", "_VERSION", { $0.string("2.1.0") }),
    ]
  }

  private func setting(
    _ name: String, _ range: ClosedRange<Int>, _ get: @escaping (JSONOptions) -> Int,
    _ set: @escaping (JSONOptions, Int) -> Void
  ) -> ScriptFunction {
    .library("cjson", name) { [self] arguments, result throws(LibraryError) in
      if arguments.count > 1 { throw .argument(2, "found too many arguments") }
      if let value = try integer(&arguments, 1, range) { set(self, value) }
      result.number(Double(get(self)))
    }
  }

  /// An argument that is a number within a range; nil when it is left out.
  private func integer(
    _ arguments: inout ScriptReader, _ number: Int, _ range: ClosedRange<Int>
  ) throws(LibraryError) -> Int? {
    let value = arguments.next()
    if value.kind == .none || value.kind == .nil { return nil }
    let given = try value.number(argument: number)
    guard given >= Double(range.lowerBound) && given <= Double(range.upperBound) else {
      throw .argument(number, "expected integer between \(range.lowerBound) and \(range.upperBound)")
    }
    return Int(given)
  }

  /// An argument that is a boolean, or `on`, `off` or `null`; nil when it is left out.
  private func choice(
    _ arguments: inout ScriptReader, allowsNull: Bool = false
  ) throws(LibraryError) -> InvalidNumbers? {
    let value = arguments.next()
    if !arguments.isAtEnd { throw .argument(2, "found too many arguments") }
    if value.kind == .none || value.kind == .nil { return nil }
    if value.kind == .boolean { return value.isTrue ? .written : .refused }
    let text = try value.text(argument: 1)
    if text.elementsEqual("off".utf8) { return .refused }
    if text.elementsEqual("on".utf8) { return .written }
    if text.elementsEqual("null".utf8) && allowsNull { return .null }
    throw .argument(1, Array("invalid option '".utf8) + text + Array("'".utf8))
  }

  private func setSparse(_ arguments: inout ScriptReader, _ result: ScriptWriter) throws(LibraryError) {
    if arguments.count > 3 { throw .argument(4, "found too many arguments") }
    let first = arguments.next()
    if first.kind == .boolean {
      convertsSparse = first.isTrue
    } else if first.isText {
      let text = try first.text(argument: 1)
      if !text.elementsEqual("on".utf8) && !text.elementsEqual("off".utf8) {
        throw .argument(1, Array("invalid option '".utf8) + text + Array("'".utf8))
      }
      convertsSparse = text.elementsEqual("on".utf8)
    }
    if let ratio = try integer(&arguments, 2, 0...Int(Int32.max)) { sparseRatio = ratio }
    if let safe = try integer(&arguments, 3, 0...Int(Int32.max)) { sparseSafe = safe }
    result.boolean(convertsSparse)
    result.number(Double(sparseRatio))
    result.number(Double(sparseSafe))
  }
}
