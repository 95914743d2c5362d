import Containers
import ScriptEngines
import ServerKernel

/// Makes values for scripts of replies, in either protocol.
struct ReplyConverter {
  private let result: ScriptWriter

  init(_ result: ScriptWriter) { self.result = result }

  /// Writes the value that stands for a reply.
  func convert(_ reply: borrowing ReplyView) { _ = value(reply.bytes, 0) }

  /// Writes the value that stands for the reply at `start`; returns where the next one is.
  private func value(_ bytes: borrowing Bytes, _ start: Int) -> Int {
    guard start < bytes.count, let lineEnd = bytes.firstIndex(of: 13, from: start) else {
      result.null()
      return bytes.count
    }
    let line = bytes[start + 1..<lineEnd]
    let next = lineEnd + 2
    switch bytes[start] {
    case UInt8(ascii: "+"): named("ok", line)
    case UInt8(ascii: "-"):
      result.table(2)
      result.string("err")
      result.string(line)
      result.string("ignore_error_stats_update")
      result.boolean(true)
    case UInt8(ascii: ":"): result.number(Double(line.integer ?? 0))
    case UInt8(ascii: "#"): result.boolean(line == Bytes("t"))
    case UInt8(ascii: ","):
      result.table(1)
      result.string("double")
      result.number(line.double ?? (line == Bytes("nan") ? .nan : 0))
    case UInt8(ascii: "("): named("big_number", line)
    case UInt8(ascii: "_"): result.null()
    default: return long(bytes, start, count: Int(line.integer ?? -1), next)
    }
    return next
  }

  /// Where the reply at `start` ends.
  private static func end(_ bytes: borrowing Bytes, _ start: Int) -> Int {
    guard start < bytes.count, let lineEnd = bytes.firstIndex(of: 13, from: start) else { return bytes.count }
    var position = lineEnd + 2
    let count = Int(bytes[start + 1..<lineEnd].integer ?? 0)
    switch bytes[start] {
    case UInt8(ascii: "$"), UInt8(ascii: "="): return count < 0 ? position : position + count + 2
    case UInt8(ascii: "*"), UInt8(ascii: "~"), UInt8(ascii: "%"):
      let isMap = bytes[start] == UInt8(ascii: "%")
      for _ in 0..<max(0, isMap ? 2 * count : count) { position = end(bytes, position) }
      return position
    default: return position
    }
  }

  private func named(_ name: StaticString, _ text: borrowing Bytes) {
    result.table(1)
    result.string(name)
    result.string(text)
  }

  /// A reply with more than its first line.
  private func long(_ bytes: borrowing Bytes, _ start: Int, count: Int, _ body: Int) -> Int {
    if count < 0 {
      // RESP2's null is false.
      result.boolean(false)
      return body
    }
    switch bytes[start] {
    case UInt8(ascii: "$"):
      result.string(bytes[body..<body + count])
      return body + count + 2
    case UInt8(ascii: "="):
      result.table(1)
      result.string("verbatim_string")
      result.table(2)
      result.string("format")
      result.string(bytes[body..<body + 3])
      result.string("string")
      result.string(bytes[body + 4..<body + count])
      return body + count + 2
    case UInt8(ascii: "%"): return pairs(bytes, count, body, isMap: true)
    case UInt8(ascii: "~"): return pairs(bytes, count, body, isMap: false)
    case UInt8(ascii: "|"):
      // Attributes are for clients.
      var position = body
      for _ in 0..<2 * count { position = Self.end(bytes, position) }
      return value(bytes, position)
    default:
      result.array(count)
      var position = body
      for _ in 0..<count { position = value(bytes, position) }
      return position
    }
  }

  /// A map, or a set, which has true for its values.
  private func pairs(_ bytes: borrowing Bytes, _ count: Int, _ body: Int, isMap: Bool) -> Int {
    result.table(1)
    result.string(isMap ? "map" : "set")
    result.table(count)
    var position = body
    for _ in 0..<count {
      position = value(bytes, position)
      if isMap { position = value(bytes, position) } else { result.boolean(true) }
    }
    return position
  }
}
