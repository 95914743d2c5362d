// Unsafe: visitors are given views of blocks, which last for the call.

extension FieldTable {
  /// Visits every field with its value, in no order. O(count).
  ///
  /// Blocks are fetched some buckets ahead of the visit, so that their cache misses overlap.
  public func forEach(_ visit: (Bytes, Bytes) -> Void) {
    unsafe state.pointee.forEach { block in unsafe visit(FieldEntry.key(block), FieldEntry.value(block)) }
  }

  /// Asks for the cache line that a lookup of `field` reads first. For several fields that are looked up next: this
  /// for each of them, then `prefetchBlock` for each.
  public func prefetchBucket(of field: borrowing Bytes) { unsafe state.pointee.prefetchBucket(of: field) }

  /// Asks for the block of `field`, whose bucket has arrived.
  public func prefetchBlock(of field: borrowing Bytes) { unsafe state.pointee.prefetchBlock(of: field) }

  /// Visits the few fields that `cursor` stands for, 0 to begin with; returns the next cursor, 0 at the end.
  ///
  /// A field that is there from the first call to the last is visited, however the table changes between calls,
  /// perhaps twice. While the table does not change, a round visits every field exactly once, so a table can
  /// be serialized in pieces.
  public func scan(cursor: UInt64, _ visit: (Bytes, Bytes) -> Void) -> UInt64 {
    UInt64(
      unsafe state.pointee.entries.scan(UInt(cursor)) { block in
        unsafe visit(FieldEntry.key(block), FieldEntry.value(block))
      })
  }

  /// Passes on a field at random, each with the same chance; nil when there is none. O(1) expected.
  public func withRandom<Result>(
    using generator: inout some RandomNumberGenerator, _ body: (Bytes, Bytes) -> Result
  ) -> Result? {
    guard let block = unsafe state.pointee.entries.random(generator.next()) else { return nil }
    return unsafe body(FieldEntry.key(block), FieldEntry.value(block))
  }

  /// Passes on a field at random, by the system's generator; nil when there is none.
  public func withRandom<Result>(_ body: (Bytes, Bytes) -> Result) -> Result? {
    var generator = SystemRandomNumberGenerator()
    return withRandom(using: &generator, body)
  }
}
