// Unsafe: members are views of blocks, which last for the call.

// Operations on two sets: members of one are looked up in the other, many at a time.
extension FieldSet {
  /// Visits the members that `other` has, or those that it has not, until `visit` returns false; true when all were
  /// visited. O(count).
  @discardableResult
  public func forEachMember(
    areIn isIn: Bool, _ other: borrowing FieldSet, while visit: (Bytes) -> Bool
  ) -> Bool {
    let others = unsafe other.state
    return unsafe state.pointee.forEachBatch { batch in
      unsafe others.pointee.prepare(&batch, of: MemberEntry.self)
      for index in 0..<batch.count {
        let member = unsafe MemberEntry.key(batch.block(index))
        let isThere = unsafe others.pointee.entries.locate(batch.hash(index), member) != nil
        if isThere == isIn && !visit(member) { return false }
      }
      return true
    }
  }

  /// Adds the members of `other`. O(other.count).
  public mutating func formUnion(_ other: borrowing FieldSet) {
    let state = unsafe self.state
    unsafe other.state.pointee.forEachBatch { batch in
      unsafe state.pointee.prepare(&batch, of: MemberEntry.self)
      for index in 0..<batch.count {
        let (block, hash) = unsafe (batch.block(index), batch.hash(index))
        let member = unsafe MemberEntry.key(block)
        if unsafe state.pointee.entries.locate(hash, member) != nil { continue }
        unsafe state.pointee.willChange(member, hash)
        unsafe state.pointee.insertCopy(of: block, hash)
      }
      return true
    }
  }

  /// Removes the members of `other`. O(other.count).
  public mutating func subtract(_ other: borrowing FieldSet) {
    let state = unsafe self.state
    unsafe other.state.pointee.forEachBatch { batch in
      unsafe state.pointee.prepare(&batch, of: MemberEntry.self)
      for index in 0..<batch.count { _ = unsafe state.pointee.remove(MemberEntry.key(batch.block(index))) }
      return true
    }
  }
}
