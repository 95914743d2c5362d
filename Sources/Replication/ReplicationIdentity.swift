import ServerKernel

/// The name of a stream of effects: two servers with the same one and the same offset have the same data.
struct ReplicationIdentity {
  /// Forty hexadecimal digits.
  private(set) var current = RunIdentifier.make()
  /// The stream that this one goes on from, up to `previousEnd`: that of the primary whose place this server took.
  private(set) var previous = ReplicationIdentity.none
  /// The last offset that both streams share; -2 where there is none, so that what INFO tells, one more, is -1.
  private(set) var previousEnd: Int64 = -2

  /// What stands for no stream.
  static let none = String(repeating: "0", count: 40)

  /// Begins a stream that has nothing to do with another one.
  mutating func renew() {
    current = RunIdentifier.make()
    forgetPrevious()
  }

  /// Begins a stream that goes on from the present one at `offset`: a replica becomes a primary.
  mutating func branch(at offset: Int64) { follow(RunIdentifier.make(), from: offset) }

  /// Goes on at `offset` under the name that the primary's stream has by now.
  mutating func follow(_ name: String, from offset: Int64) {
    previous = current
    previousEnd = offset
    current = name
  }

  /// Takes over the stream of a primary.
  mutating func adopt(_ name: String) {
    current = name
    forgetPrevious()
  }

  /// Goes on from a stream that a file tells of, up to `offset`.
  mutating func restore(previous name: String, upTo offset: Int64) {
    previous = name
    previousEnd = offset
  }

  mutating func forgetPrevious() {
    previous = Self.none
    previousEnd = -2
  }

  /// Whether who has the stream `name` up to `offset` can go on with this one.
  func includes(_ name: String, upTo offset: Int64) -> Bool {
    name == current || name == previous && offset <= previousEnd
  }
}
