import Containers
import ScriptEngines
import ServerKernel

/// Replies with the values of scripts.
struct ResultWriter {
  private let reply: Reply
  /// The script has called `redis.setresp(3)`: booleans are what they are.
  private let scriptSpeaksRESP3: Bool

  init(_ reply: Reply, scriptSpeaksRESP3: Bool) {
    self.reply = reply
    self.scriptSpeaksRESP3 = scriptSpeaksRESP3
  }

  /// Replies with what a script returned; throws when that stands for an error.
  func reply(_ value: borrowing ScriptValue) throws(CommandError) {
    if value.kind == .table, let error = TableShape(value).error {
      let text = ErrorText(value.pairs.value(at: error).string.array)
      throw ErrorFields(table: value).isCounted ? .counted(text) : .text(text)
    }
    write(value)
  }

  private func write(_ value: borrowing ScriptValue) {
    switch value.kind {
    case .string: reply.bulk(value.string)
    case .number: reply.integer(truncated(value.number))
    case .boolean:
      if scriptSpeaksRESP3 { return reply.boolean(value.isTrue) }
      if value.isTrue { reply.integer(1) } else { reply.null() }
    case .table: writeTable(value)
    case .deepTable: reply.error("ERR reached lua stack limit")
    case .none, .nil, .null, .function, .other: reply.null()
    }
  }

  /// A table that stands for a reply of some kind says so with a field; any other is an array.
  private func writeTable(_ table: borrowing ScriptValue) {
    let shape = TableShape(table)
    let pairs = table.pairs
    if let error = shape.error {
      return reply.error(
        ErrorText(pairs.value(at: error).string.array), isCounted: !ErrorFields(table: table).isCounted)
    }
    if let status = shape.status { return reply.status(pairs.value(at: status).string) }
    if let double = shape.double { return reply.double(pairs.value(at: double).number) }
    if let map = shape.map { return writeMap(pairs.value(at: map)) }
    if let set = shape.set { return writeSet(pairs.value(at: set)) }
    if let number = shape.bigNumber { return reply.bigNumber(pairs.value(at: number).string) }
    if let verbatim = shape.verbatim, writeVerbatim(pairs.value(at: verbatim)) { return }
    writeArray(table, shape)
  }

  private func writeMap(_ map: borrowing ScriptValue) {
    reply.map(map.pairs.count / 2)
    var pairs = map.pairs
    while !pairs.isAtEnd { write(pairs.next()) }
  }

  private func writeSet(_ set: borrowing ScriptValue) {
    reply.set(set.pairs.count / 2)
    var pairs = set.pairs
    while !pairs.isAtEnd {
      write(pairs.next())
      _ = pairs.next()
    }
  }

  private func writeVerbatim(_ verbatim: borrowing ScriptValue) -> Bool {
    var format = -1, text = -1
    var pairs = verbatim.pairs
    while !pairs.isAtEnd {
      let key = pairs.next()
      let offset = pairs.offset
      let value = pairs.next()
      if value.kind != .string { continue }
      if key.string == Bytes("format") { format = offset }
      if key.string == Bytes("string") { text = offset }
    }
    if format < 0 || text < 0 { return false }
    reply.verbatim(pairs.value(at: text).string, format: pairs.value(at: format).string)
    return true
  }

  private func writeArray(_ table: borrowing ScriptValue, _ shape: TableShape) {
    var pairs = table.pairs
    if let offsets = shape.offsets {
      var count = 0
      while offsets[count + 1] != nil { count += 1 }
      reply.array(count)
      for index in 0..<count { write(pairs.value(at: offsets[index + 1] ?? 0)) }
      return
    }
    reply.array(shape.count)
    var written = 0
    while written < shape.count {
      let key = pairs.next(), value = pairs.next()
      if key.kind != .number || key.number != Double(written + 1) { continue }
      write(value)
      written += 1
    }
  }

  /// As C turns it into a `long long` here: what has no place in it is the least of all.
  private func truncated(_ number: Double) -> Int64 {
    number > -0x1p63 && number < 0x1p63 ? Int64(number) : .min
  }
}

/// What the fields of a table tell of the reply that it stands for: where those lie that make it one of a kind, and how
/// many elements follow one another from 1 on.
private struct TableShape {
  var error: Int?, status: Int?, double: Int?, map: Int?, set: Int?, bigNumber: Int?, verbatim: Int?
  /// Elements that lie in order.
  var count = 0
  /// Where elements lie by their index, when they do not lie in order.
  var offsets: [Int: Int]?

  init(_ table: borrowing ScriptValue) {
    var pairs = table.pairs
    var isInOrder = true
    while !pairs.isAtEnd {
      let key = pairs.next()
      let offset = pairs.offset
      let value = pairs.next()
      if key.kind == .number {
        if key.number == Double(count + 1) {
          count += 1
        } else if key.number > Double(count) && key.number < 0x1p53 && key.number.rounded() == key.number {
          isInOrder = false
        }
      } else if key.kind == .string {
        note(key.string, value.kind, offset)
      }
    }
    if !isInOrder { offsets = Self.offsets(table) }
  }

  private mutating func note(_ name: borrowing Bytes, _ kind: ScriptValue.Kind, _ offset: Int) {
    if kind == .string {
      if name == Bytes("err") { error = offset }
      if name == Bytes("ok") { status = offset }
      if name == Bytes("big_number") { bigNumber = offset }
    } else if kind == .number {
      if name == Bytes("double") { double = offset }
    } else if kind == .table {
      if name == Bytes("map") { map = offset }
      if name == Bytes("set") { set = offset }
      if name == Bytes("verbatim_string") { verbatim = offset }
    }
  }

  private static func offsets(_ table: borrowing ScriptValue) -> [Int: Int] {
    var offsets: [Int: Int] = [:]
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next()
      if key.kind == .number && key.number >= 1 && key.number < 0x1p53 && key.number.rounded() == key.number {
        offsets[Int(key.number)] = pairs.offset
      }
      _ = pairs.next()
    }
    return offsets
  }
}
