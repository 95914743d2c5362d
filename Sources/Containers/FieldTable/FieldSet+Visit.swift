// Unsafe: visitors are given views of blocks, which last for the call.

extension FieldSet {
  /// Visits every member, in no order. O(count).
  public func forEach(_ visit: (Bytes) -> Void) {
    unsafe state.pointee.forEach { block in unsafe visit(MemberEntry.key(block)) }
  }

  /// Visits members until `visit` returns false; true when all were visited. O(count).
  @discardableResult
  public func forEachMember(while visit: (Bytes) -> Bool) -> Bool {
    var cursor: UInt = 0
    var goesOn = true
    repeat {
      cursor = unsafe state.pointee.entries.scan(cursor, buckets: 16) { block in
        if goesOn { goesOn = unsafe visit(MemberEntry.key(block)) }
      }
    } while cursor != 0 && goesOn
    return goesOn
  }

  /// Asks for the cache line that a lookup of `member` reads first. For several members that are looked up next: this
  /// for each of them, then `prefetchBlock` for each.
  public func prefetchBucket(of member: borrowing Bytes) { unsafe state.pointee.prefetchBucket(of: member) }

  /// Asks for the block of `member`, whose bucket has arrived.
  public func prefetchBlock(of member: borrowing Bytes) { unsafe state.pointee.prefetchBlock(of: member) }

  /// Visits the few members that `cursor` stands for, and returns the next cursor; see `FieldTable.scan`.
  public func scan(cursor: UInt64, _ visit: (Bytes) -> Void) -> UInt64 {
    UInt64(unsafe state.pointee.entries.scan(UInt(cursor)) { block in unsafe visit(MemberEntry.key(block)) })
  }

  /// Passes on a member at random, each with the same chance; nil when there is none. O(1) expected.
  public func withRandom<Result>(
    using generator: inout some RandomNumberGenerator, _ body: (Bytes) -> Result
  ) -> Result? {
    guard let block = unsafe state.pointee.entries.random(generator.next()) else { return nil }
    return unsafe body(MemberEntry.key(block))
  }

  /// Visits members at random, each with the same chance whatever was visited before, until `visit` returns false;
  /// nothing of an empty set. O(1) expected for each.
  public func forEachRandom(using generator: inout some RandomNumberGenerator, while visit: (Bytes) -> Bool) {
    unsafe state.pointee.entries.forEachRandom(generator.next()) { block in unsafe visit(MemberEntry.key(block)) }
  }

  /// Removes a member at random, each with the same chance, after it was passed on; false when there is none. O(1)
  /// expected.
  @discardableResult
  public mutating func removeRandom(
    using generator: inout some RandomNumberGenerator, _ visit: (Bytes) -> Void
  ) -> Bool {
    let state = unsafe self.state
    guard let block = unsafe state.pointee.entries.draw({ generator.next() }) else { return false }
    // A view of the block itself, which is freed last.
    let member = unsafe MemberEntry.key(block)
    visit(member)
    return unsafe state.pointee.remove(member)
  }
}
