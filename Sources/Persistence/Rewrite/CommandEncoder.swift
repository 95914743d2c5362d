import Containers
import ServerKernel

/// Writes a snapshot as the commands that make it anew, each database's after a SELECT: the base file of an
/// append-only file.
final class CommandEncoder: SnapshotEncoder {
  private var writer = CommandWriter()
  private var selected = -1
  private var keyCount = 0

  // The value that was begun.
  private var key: [UInt8] = []
  private var expiration: Int64?
  private var command: ElementCommand?
  /// Elements that no call has room for yet.
  private var elementsLeft = 0
  /// Parts that the call that was begun still takes.
  private var partsLeft = 0
  /// The first part of an element whose second one stands first in the call.
  private var heldBack = ByteBuffer()
  /// The form of the element that was begun, of a type that has several, and its next argument.
  private var forms: [ElementForm] = []
  private var form = 0
  private var argument = 0

  func beginRun() { selected = -1 }

  func write(_ record: borrowing Bytes, of data: KeylessData) {
    writer.begin(data.command[0], arguments: data.command.count)
    for word in data.command.dropFirst() { writer.argument(Bytes(word)) }
    writer.argument(record)
  }

  func write(_ key: borrowing SnapshotKey, string: borrowing StringView) {
    keyCount += 1
    select(key.database)
    writer.begin("SET", arguments: 2)
    writer.argument(key.name)
    if let integer = string.storedInteger {
      writer.argument(integer)
    } else {
      writer.argument(string.storedBytes)
    }
    writeExpiration(key.name, key.expiration)
  }

  func begin(_ key: borrowing SnapshotKey, _ format: ValueFormat, elementCount: Int) {
    keyCount += 1
    select(key.database)
    self.key = key.name.array
    expiration = key.expiration
    command = format.command
    forms = format.forms
    elementsLeft = elementCount
    partsLeft = 0
  }

  func beginElement(form: Int, parts: Int) {
    precondition(elementsLeft > 0 && partsLeft == 0, "a value has more elements than it said")
    elementsLeft -= 1
    partsLeft = parts
    self.form = form
    argument = 0
    let count = forms[form].argumentCount(parts: parts)
    if !forms[form].isNote { writer.begin(forms[form].name, arguments: count) }
    writeWords()
  }

  /// Writes what stands before the next part.
  private func writeWords() {
    while argument < forms[form].arguments.count {
      switch forms[form].arguments[argument] {
      case .key:
        let key = self.key
        writer.argument(key.bytes)
      case .word(let word): writer.argument(Bytes(word))
      case .part, .otherParts, .unwrittenPart: return
      }
      argument += 1
    }
  }

  private func writeFormed(_ part: borrowing Bytes) {
    precondition(partsLeft > 0, "an element has more parts than it said")
    partsLeft -= 1
    switch forms[form].arguments[argument] {
    case .unwrittenPart: argument += 1
    case .otherParts:
      writer.argument(part)
      if partsLeft == 0 { argument += 1 }
    default:
      writer.argument(part)
      argument += 1
    }
    writeWords()
  }

  func write(_ part: borrowing Bytes) {
    if !forms.isEmpty { return writeFormed(part) }
    if partsLeft == 0 { beginCall() }
    partsLeft -= 1
    guard let command, command.takesSecondPartFirst else { return writer.argument(part) }
    if partsLeft % 2 == 1 {
      heldBack.append(part)
    } else {
      writer.argument(part)
      var first = ByteBuffer()
      swap(&first, &heldBack)
      writer.argument(first.bytes)
      first.removeAll(keepingCapacityUpTo: 64 << 10)
      swap(&first, &heldBack)
    }
  }

  func write(_ part: Int64) {
    let text = DecimalText(part)
    write(text.bytes)
  }

  func end() {
    precondition(elementsLeft == 0 && partsLeft == 0, "a value has not as many elements as it said")
    let key = self.key
    writeExpiration(key.bytes, expiration)
  }

  var byteCount: Int { writer.output.count }

  /// How many keys were begun since the last call.
  func takeKeyCount() -> Int {
    defer { keyCount = 0 }
    return keyCount
  }

  func takeBytes() -> ByteBuffer {
    // The next piece will be about as large.
    var bytes = ByteBuffer(capacity: min(writer.output.capacity, 1 << 20))
    swap(&bytes, &writer.output)
    return bytes
  }

  private func beginCall() {
    guard let command, elementsLeft > 0 else { preconditionFailure("a value has more elements than it said") }
    let elements = min(elementsLeft, command.elementsPerCall)
    elementsLeft -= elements
    partsLeft = elements * command.partsPerElement
    writer.begin(command.name, arguments: 1 + partsLeft)
    let key = self.key
    writer.argument(key.bytes)
  }

  private func select(_ database: Int) {
    if selected == database { return }
    selected = database
    writer.begin("SELECT", arguments: 1)
    writer.argument(Int64(database))
  }

  private func writeExpiration(_ key: borrowing Bytes, _ time: Int64?) {
    guard let time else { return }
    writer.begin("PEXPIREAT", arguments: 2)
    writer.argument(key)
    writer.argument(time)
  }
}
