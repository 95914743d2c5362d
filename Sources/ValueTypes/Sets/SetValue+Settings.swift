import ServerKernel

// The directives that govern the encodings of sets.
extension SetValue {
  /// Sets of more integers become tables.
  static let integersMax = Setting("set-max-intset-entries", default: 512, range: 0...Int.max)

  /// Sets of more members that are not all integers become tables.
  static let packedEntriesMax = Setting("set-max-listpack-entries", default: 128, range: 0...Int.max)

  /// Sets with a longer member become tables, unless all members are integers.
  static let packedValueMax = Setting("set-max-listpack-value", default: 64, range: 0...Int.max, format: .memory)

  /// Whether so many members, the longest of so many bytes, are packed.
  static func mayBePacked(count: Int, longest: Int) -> Bool {
    count <= packedEntriesMax.value && longest <= packedValueMax.value
  }
}
