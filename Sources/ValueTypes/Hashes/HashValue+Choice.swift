import Containers
import ServerKernel

// Some of a hash's fields: at random, or as a scan comes to them.
extension HashValue {
  /// Passes on a field with its value, each with the same chance; nothing of an empty hash. O(N).
  public func withRandomField(
    using random: inout RandomSource,
    _ body: (_ field: borrowing PackedElement, _ value: borrowing PackedElement) -> Void
  ) {
    if isEmpty { return }
    switch storage {
    case .packed(let list):
      let number = Int.random(in: 0..<list.count / 2, using: &random)
      guard let index = list.index(ofElement: 2 * number) else { return }
      body(list.element(at: index), list.element(at: list.index(after: index)))
    case .table(let table):
      _ = table.withRandom(using: &random) { field, value in body(.bytes(field), .bytes(value)) }
    }
  }

  /// Visits `limit` different fields, or all when there are no more; each choice has the same chance. O(limit) in a
  /// table of more than three times as many fields, otherwise O(count).
  public func forEachRandomField(
    _ limit: Int, using random: inout RandomSource,
    _ visit: (_ field: borrowing PackedElement, _ value: borrowing PackedElement) -> Void
  ) {
    // A table of which only few fields are wanted is not walked.
    switch storage {
    case .table(let table) where limit < table.count / 3:
      var seen = FieldSet()
      while seen.count < limit {
        _ = table.withRandom(using: &random) { field, value in
          if seen.insert(field) { visit(.bytes(field), .bytes(value)) }
        }
      }
      return
    default: break
    }
    // Each field in turn is taken with the chance that leaves all choices alike.
    var wanted = min(limit, count)
    var left = count
    forEach { field, value in
      if wanted > 0 && (wanted == left || Int.random(in: 0..<left, using: &random) < wanted) {
        visit(field, value)
        wanted -= 1
      }
      left -= 1
    }
  }

  /// Visits the fields that `cursor` stands for, about as many as the options say, and returns the next cursor: 0 at
  /// the end, which is where a scan begins. Fields that are there all the time are visited at least once. A packed hash
  /// is visited as a whole.
  public func scan(
    _ cursor: UInt64, _ options: ScanOptions,
    _ visit: (_ field: borrowing PackedElement, _ value: borrowing PackedElement) -> Void
  ) -> UInt64 {
    switch storage {
    case .packed:
      forEach(visit)
      return 0
    case .table(let table):
      var next = cursor
      var found = 0
      var buckets = options.bucketsMax
      repeat {
        next = table.scan(cursor: next) { field, value in
          found += 1
          visit(.bytes(field), .bytes(value))
        }
        buckets -= 1
      } while next != 0 && buckets >= 0 && found < options.count
      return next
    }
  }
}
