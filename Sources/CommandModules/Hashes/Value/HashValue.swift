import Containers
import ServerKernel

/// A hash: small ones packed as field, value, field, value ... in one block, others a table.
///
/// A hash becomes a table with the first field or value longer than `hash-max-listpack-value`, or with more fields
/// than `hash-max-listpack-entries`, and stays one. Nine bytes in its key's entry.
enum HashValue: ~Copyable {
  case packed(PackedList)
  case table(FieldTable)

  /// How many fields there are.
  var count: Int {
    switch self {
    case .packed(let list): list.count / 2
    case .table(let table): table.count
    }
  }

  /// Whether `field` is there.
  func contains(_ field: borrowing Bytes) -> Bool {
    switch self {
    case .packed(let list): list.find(field, skipping: 1) != nil
    case .table(let table): table.contains(field)
    }
  }

  /// Passes on the value of `field`; nil when it is not there.
  func withValue<Result>(
    of field: borrowing Bytes, _ body: (borrowing PackedElement) throws(CommandError) -> Result
  ) throws(CommandError) -> Result? {
    switch self {
    case .packed(let list):
      guard let index = list.find(field, skipping: 1) else { return nil }
      return try body(list.element(at: list.index(after: index)))
    case .table(let table):
      guard let value = table.value(of: field) else { return nil }
      return try body(.bytes(value))
    }
  }

  /// Visits every field with its value: in the order of insertion while packed, else in none.
  func forEach(_ visit: (borrowing PackedElement, borrowing PackedElement) -> Void) {
    switch self {
    case .packed(let list):
      var index = list.startIndex
      let end = list.endIndex
      while index < end {
        let value = list.index(after: index)
        visit(list.element(at: index), list.element(at: value))
        index = list.index(after: value)
      }
    case .table(let table):
      table.forEach { field, value in visit(.bytes(field), .bytes(value)) }
    }
  }
}
