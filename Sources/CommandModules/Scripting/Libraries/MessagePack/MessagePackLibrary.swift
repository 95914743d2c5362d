import Containers
import ScriptEngines

/// The table `cmsgpack`: values as MessagePack.
enum MessagePackLibrary {
  static var functions: [ScriptFunction] {
    [
      .library("cmsgpack", "pack", depth: MessagePackEncoder.deepest + 1) { arguments, result throws(LibraryError) in
        if arguments.isAtEnd { throw .argument(0, "MessagePack pack needs input.") }
        var encoder = MessagePackEncoder()
        while !arguments.isAtEnd { encoder.encode(arguments.next(), depth: 0) }
        result.string(encoder.output.bytes)
      },
      .library("cmsgpack", "unpack") { arguments, result throws(LibraryError) in
        let text = try arguments.next().text(argument: 1)
        try unpack(text, limit: nil, from: 0, result)
      },
      .library("cmsgpack", "unpack_one") { arguments, result throws(LibraryError) in
        let text = try arguments.next().text(argument: 1)
        let offset = try integer(&arguments, 2) ?? 0
        try unpack(text, limit: 1, from: offset, result)
      },
      .library("cmsgpack", "unpack_limit") { arguments, result throws(LibraryError) in
        let text = try arguments.next().text(argument: 1)
        if arguments.isAtEnd { throw .argument(2, "number expected, got no value") }
        let limit = try integer(&arguments, 2) ?? 0
        let offset = try integer(&arguments, 3) ?? 0
        try unpack(text, limit: limit == 0 ? nil : limit, from: offset, result)
      },
    ]
  }

  static var constants: [(table: String, name: String, write: (ScriptWriter) -> Void)] {
    [
      ("cmsgpack", "_NAME", { $0.string("cmsgpack") }), ("cmsgpack", "_VERSION", { $0.string("lua-cmsgpack 0.4.0") }),
      ("cmsgpack", "_COPYRIGHT", { $0.string("Copyright (C) 2012, Salvatore Sanfilippo") }),
      ("cmsgpack", "_DESCRIPTION", { $0.string("MessagePack C implementation for Lua") }),
    ]
  }

  /// An argument that is a whole number; nil when it is left out.
  private static func integer(_ arguments: inout ScriptReader, _ number: Int) throws(LibraryError) -> Int? {
    let value = arguments.next()
    if value.kind == .none || value.kind == .nil { return nil }
    return Int(max(-0x1p31, min(0x1p31, try value.number(argument: number).rounded(.towardZero))))
  }

  /// Writes the values that a text holds; with a limit to their number where the next one is before them.
  private static func unpack(
    _ text: [UInt8], limit: Int?, from offset: Int, _ result: ScriptWriter
  ) throws(LibraryError) {
    if offset < 0 || limit ?? 0 < 0 {
      throw .text("Invalid request to unpack with offset of \(offset) and limit of \(text.count).")
    }
    if offset > text.count { throw .text("Start offset \(offset) greater than input length \(text.count).") }
    var decoder = MessagePackDecoder(text, from: offset, result)
    let next = limit == nil ? nil : result.reserveNumber()
    var count = 0
    while !decoder.isAtEnd && count < limit ?? .max {
      try decoder.decode(depth: 0)
      count += 1
    }
    if let next { result.set(next, decoder.isAtEnd ? -1 : Double(decoder.position)) }
  }
}
