import Containers
import HashValues
import ServerKernel

/// What `BY` and `GET` look up for an element: the string of a key, or a field of a hash (`weight_*->field`). The
/// element takes the place of the first `*` in the key's name; `#` is the element itself.
///
/// Source: Redis 7.0 `sort.c`, which ends its search for `*` and `->` at a zero byte.
struct SortPattern {
  /// The argument that is the pattern.
  private let argument: Int
  private let isElement: Bool
  /// Where the `*` is.
  private let placeholder: Int?
  /// Where the key's name ends and the field's begins.
  private let nameEnd: Int
  private let fieldStart: Int?

  init(_ call: borrowing Call, _ argument: Int) {
    let text = call[argument]
    let end = text.firstIndex(of: 0) ?? text.count
    self.argument = argument
    isElement = end == 1 && text[0] == UInt8(ascii: "#")
    placeholder = text[0..<end].firstIndex(of: UInt8(ascii: "*"))
    var arrow: Int?
    if let placeholder { arrow = Self.arrow(text[0..<end], from: placeholder + 1) }
    nameEnd = arrow ?? text.count
    fieldStart = arrow.map { $0 + 2 }
  }

  /// Whether the element is part of what is looked up.
  var hasPlaceholder: Bool { placeholder != nil }

  /// Where the first `->` begins; nil when nothing follows it.
  private static func arrow(_ text: borrowing Bytes, from start: Int) -> Int? {
    var position = start
    while let dash = text.firstIndex(of: UInt8(ascii: "-"), from: position), dash + 1 < text.count {
      if text[dash + 1] == UInt8(ascii: ">") { return dash + 2 < text.count ? dash : nil }
      position = dash + 1
    }
    return nil
  }

  /// Passes on what the pattern leads to; false when there is nothing, or a value of another type.
  func find(
    _ element: borrowing Bytes, _ call: borrowing Call, _ context: inout Context,
    _ visit: (_ value: borrowing PackedElement) -> Void
  ) -> Bool {
    if isElement {
      visit(.bytes(element[0..<element.count]))
      return true
    }
    guard let placeholder else { return false }
    let pattern = call[argument]
    var key = ByteBuffer()
    key.append(pattern[0..<placeholder])
    key.append(element)
    key.append(pattern[placeholder + 1..<nameEnd])
    let isFound =
      if let fieldStart {
        try? Self.visitField(pattern[fieldStart..<pattern.count], key.bytes, context.db, visit)
      } else {
        try? Self.visitString(key.bytes, context.db, visit)
      }
    return isFound ?? false
  }

  private static func visitField(
    _ field: borrowing Bytes, _ key: borrowing Bytes, _ db: borrowing Database,
    _ visit: (_ value: borrowing PackedElement) -> Void
  ) throws(CommandError) -> Bool {
    guard let hash = try db.value(HashValue.self, key), let value = hash.value.value(of: field) else { return false }
    visit(value)
    return true
  }

  private static func visitString(
    _ key: borrowing Bytes, _ db: borrowing Database, _ visit: (_ value: borrowing PackedElement) -> Void
  ) throws(CommandError) -> Bool {
    guard let string = try db.string(key) else { return false }
    if let integer = string.storedInteger { visit(.integer(integer)) } else { visit(.bytes(string.storedBytes)) }
    return true
  }
}
