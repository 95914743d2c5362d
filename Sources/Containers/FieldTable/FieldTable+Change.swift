// Unsafe: blocks are written at their addresses, after room for the content was made.

import Glibc

extension FieldTable {
  /// Gives `field` a value; true when the field is new. O(1).
  @discardableResult
  public mutating func set(_ field: borrowing Bytes, _ value: borrowing Bytes) -> Bool {
    let state = unsafe self.state
    let hash = unsafe state.pointee.hash(field)
    unsafe state.pointee.willChange(field, hash)
    guard let slot = unsafe state.pointee.entries.locate(hash, field) else {
      unsafe state.pointee.entries.insert(hash, store(field, value))
      return true
    }
    let old = unsafe HashTable<FieldEntry>.entry(slot.pointee)
    let oldSize = unsafe FieldEntry.size(old)
    let newSize = FieldEntry.size(fieldCount: field.count, valueCount: value.count)
    if Heap.blockSize(newSize) == Heap.blockSize(oldSize) {
      unsafe FieldEntry.replaceValue(old, with: value)
    } else {
      unsafe slot.pointee = HashTable<FieldEntry>.slot(store(field, value), hash)
      unsafe state.pointee.deallocate(old, oldSize)
    }
    return false
  }

  /// Gives `field` a value unless it has one; true when it had none. O(1).
  @discardableResult
  public mutating func add(_ field: borrowing Bytes, _ value: borrowing Bytes) -> Bool {
    let state = unsafe self.state
    let hash = unsafe state.pointee.hash(field)
    if unsafe state.pointee.entries.locate(hash, field) != nil { return false }
    unsafe state.pointee.willChange(field, hash)
    unsafe state.pointee.entries.insert(hash, store(field, value))
    return true
  }

  /// Removes `field`; false when it is not there. O(1).
  @discardableResult
  public mutating func remove(_ field: borrowing Bytes) -> Bool {
    let state = unsafe self.state
    return unsafe state.pointee.remove(field)
  }

  /// A new block for a field and its value.
  @unsafe
  private func store(_ field: borrowing Bytes, _ value: borrowing Bytes) -> UnsafeMutableRawPointer {
    let size = FieldEntry.size(fieldCount: field.count, valueCount: value.count)
    let block = unsafe state.pointee.allocate(size)
    unsafe FieldEntry.store(field, value, at: block)
    return unsafe block
  }
}
