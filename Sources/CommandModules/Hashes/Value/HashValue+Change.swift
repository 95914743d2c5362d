import Containers
import ServerKernel

extension HashValue {
  /// Gives `field` a value; true when the field is new.
  @discardableResult
  mutating func set(_ field: borrowing Bytes, _ value: borrowing Bytes) -> Bool {
    let isLong = max(field.count, value.count) > Hashes.packedValueMax.value
    switch consume self {
    case .packed(var list):
      if isLong || list.byteCount + field.count + value.count > PackedList.byteCountMax - 64 {
        var table = Self.table(list)
        let isNew = table.set(field, value)
        self = .table(table)
        return isNew
      }
      let index = list.find(field, skipping: 1)
      if let index { list.replace(at: list.index(after: index), with: value) } else { list.append(field, value) }
      // Asked also when no field came: the limit may have been lowered since.
      self =
        list.count / 2 > Hashes.packedEntriesMax.value ? .table(Self.table(list)) : .packed(list)
      return index == nil
    case .table(var table):
      let isNew = table.set(field, value)
      self = .table(table)
      return isNew
    }
  }

  /// Removes `field`; false when it is not there.
  mutating func remove(_ field: borrowing Bytes) -> Bool {
    switch consume self {
    case .packed(var list):
      let index = list.find(field, skipping: 1)
      if let index { list.remove(at: index, count: 2) }
      self = .packed(list)
      return index != nil
    case .table(var table):
      let isRemoved = table.remove(field)
      self = .table(table)
      return isRemoved
    }
  }

  /// Makes the hash a table if one of the call's arguments from `first` on is too long to be packed, as Redis does
  /// before it sets the first of them.
  mutating func prepare(for call: borrowing Call, from first: Int) {
    let longest = Hashes.packedValueMax.value
    for index in first..<call.count where call[index].count > longest {
      switch consume self {
      case .packed(let list): self = .table(Self.table(list))
      case .table(let table): self = .table(table)
      }
      return
    }
  }

  /// A table with the fields of a packed hash.
  private static func table(_ list: borrowing PackedList) -> FieldTable {
    var table = FieldTable(capacity: list.count / 2)
    var fieldText = DecimalText()
    var valueText = DecimalText()
    var index = list.startIndex
    let end = list.endIndex
    while index < end {
      let next = list.index(after: index)
      let field = list.element(at: index)
      let value = list.element(at: next)
      table.set(field.text(&fieldText), value.text(&valueText))
      index = list.index(after: next)
    }
    return table
  }
}
