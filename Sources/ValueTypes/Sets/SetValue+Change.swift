import Containers
import ServerKernel

extension SetValue {
  /// Adds `member`; false when it is there already. O(N), and O(count) when the encoding changes.
  @discardableResult
  public mutating func insert(_ member: borrowing Bytes) -> Bool {
    switch consume storage {
    case .integers(var integers):
      if let value = member.integer {
        let isNew = integers.insert(value)
        self = SetValue(Self.limited(integers))
        return isNew
      }
      self = SetValue(Self.widened(integers, for: member))
      return insert(member)
    case .packed(var list):
      if list.find(member) != nil {
        self = SetValue(.packed(list))
        return false
      }
      if Self.mayBePacked(count: list.count + 1, longest: member.count)
        && list.byteCount + member.count <= PackedList.byteCountMax - 64
      {
        list.append(member)
        self = SetValue(.packed(list))
        return true
      }
      var table = Self.table(list)
      table.insert(member)
      self = SetValue(.table(table))
      return true
    case .table(var table):
      let isNew = table.insert(member)
      self = SetValue(.table(table))
      return isNew
    }
  }

  /// Adds a member of another set; false when it is there already. Costs as those of bytes.
  @discardableResult
  public mutating func insert(_ member: borrowing PackedElement) -> Bool {
    switch member {
    case .bytes(let bytes): return insert(bytes)
    case .integer(let value):
      let text = DecimalText(value)
      return insert(text.bytes)
    }
  }

  /// Removes `member`; false when it is not there. O(N), and O(count) of what is no table.
  @discardableResult
  public mutating func remove(_ member: borrowing Bytes) -> Bool {
    switch consume storage {
    case .integers(var integers):
      let isRemoved = if let value = member.integer { integers.remove(value) } else { false }
      self = SetValue(.integers(integers))
      return isRemoved
    case .packed(var list):
      let index = list.find(member)
      if let index { list.remove(at: index) }
      self = SetValue(.packed(list))
      return index != nil
    case .table(var table):
      let isRemoved = table.remove(member)
      self = SetValue(.table(table))
      return isRemoved
    }
  }

  /// Removes a member of another set; false when it is not there. Costs as those of bytes.
  @discardableResult
  public mutating func remove(_ member: borrowing PackedElement) -> Bool {
    switch member {
    case .bytes(let bytes): return remove(bytes)
    case .integer(let value):
      let text = DecimalText(value)
      return remove(text.bytes)
    }
  }

  // MARK: Encodings

  /// Integers as they are kept: as a table when they are more than the limit.
  static func limited(_ integers: consuming IntegerSet) -> Storage {
    integers.count <= min(integersMax.value, IntegerSet.countMax - 1) ? .integers(integers) : .table(table(integers))
  }

  /// Integers in the encoding that has room for `member` beside them, which is none.
  private static func widened(_ integers: borrowing IntegerSet, for member: borrowing Bytes) -> Storage {
    let count = integers.count
    var longest = member.count
    // The integers of most digits are the first and the last one.
    if count > 0 { longest = max(longest, decimalDigits(integers[0]), decimalDigits(integers[count - 1])) }
    // An integer takes eleven bytes at most, and a list has its limit whatever the directives say.
    if !mayBePacked(count: count + 1, longest: longest) || count > PackedList.byteCountMax / 16 {
      return .table(table(integers))
    }
    var list = PackedList()
    integers.forEach { list.append($0) }
    return .packed(list)
  }

  private static func table(_ integers: borrowing IntegerSet) -> FieldSet {
    var table = FieldSet(capacity: integers.count)
    integers.forEach { value in
      let text = DecimalText(value)
      table.insert(text.bytes)
    }
    return table
  }

  /// The set of a list's elements, none of them twice, the longest of so many bytes, in the encoding that it is to
  /// have.
  init(packed list: consuming PackedList, longest: Int) {
    let isPacked = Self.mayBePacked(count: list.count, longest: longest)
    self.init(isPacked ? .packed(list) : .table(Self.table(list)))
  }

  private static func table(_ list: borrowing PackedList) -> FieldSet {
    var table = FieldSet(capacity: list.count)
    var text = DecimalText()
    var index = list.startIndex
    let end = list.endIndex
    while index < end {
      let member = list.element(at: index)
      table.insert(member.text(&text))
      index = list.index(after: index)
    }
    return table
  }
}
