import Containers
import ServerKernel

extension HashValue {
  /// Gives `field` a value; true when the field is new. O(N).
  @discardableResult
  public mutating func set(_ field: borrowing Bytes, _ value: borrowing Bytes) -> Bool {
    let isLong = max(field.count, value.count) > Self.packedValueMax.value
    switch consume storage {
    case .packed(var list):
      if isLong || list.byteCount + field.count + value.count > PackedList.byteCountMax - 64 {
        var table = Self.table(list)
        let isNew = table.set(field, value)
        self = HashValue(.table(table))
        return isNew
      }
      let index = list.find(field, skipping: 1)
      if let index { list.replace(at: list.index(after: index), with: value) } else { list.append(field, value) }
      // Asked also when no field came: the limit may have been lowered since.
      self = HashValue(list.count / 2 > Self.packedEntriesMax.value ? .table(Self.table(list)) : .packed(list))
      return index == nil
    case .table(var table):
      let isNew = table.set(field, value)
      self = HashValue(.table(table))
      return isNew
    }
  }

  /// Removes `field`; false when it is not there. O(N).
  @discardableResult
  public mutating func remove(_ field: borrowing Bytes) -> Bool {
    switch consume storage {
    case .packed(var list):
      let index = list.find(field, skipping: 1)
      if let index { list.remove(at: index, count: 2) }
      self = HashValue(.packed(list))
      return index != nil
    case .table(var table):
      let isRemoved = table.remove(field)
      self = HashValue(.table(table))
      return isRemoved
    }
  }

  /// The hash of a list of fields and values, no field twice, the longest of so many bytes, in the encoding that it is
  /// to have.
  init(packed list: consuming PackedList, longest: Int) {
    let isPacked = Self.mayBePacked(count: list.count / 2, longest: longest)
    self.init(isPacked ? .packed(list) : .table(Self.table(list)))
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
