/// The kinds of elements of a stream, by the number of their form in the type's `elementForms`.
enum StreamForm: Int {
  /// Its identifier, fields and values.
  case entry
  /// There are no entries.
  case noEntries
  /// The last identifier, how many entries were ever added, the largest identifier deleted, and how many groups follow.
  case state
  /// Its name, its last identifier, how many entries it has read, -1 when that is not known, and how many are pending.
  case group
  /// The group, its name, and when it was last seen.
  case consumer
  /// The group, the consumer, the entry, when it was delivered last, and how often it was.
  case pending
  /// How many nodes follow.
  case nodes
  /// How many entries the next node has, which follow.
  case node
}

/// What an entry of a node is like.
enum StreamEntryFlags {
  static let isDeleted: Int64 = 1
  /// It has the fields of the node's first entry, which are not repeated.
  static let hasSameFields: Int64 = 2
}
