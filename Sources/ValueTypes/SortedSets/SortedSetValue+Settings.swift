import ServerKernel

// The directives that govern the encodings of sorted sets.
extension SortedSetValue {
  /// Sets of more members become indices.
  static let packedEntriesMax = Setting(
    "zset-max-listpack-entries", default: 128, range: 0...Int.max, aliases: ["zset-max-ziplist-entries"])

  /// Sets with a member of more bytes become indices.
  static let packedValueMax = Setting(
    "zset-max-listpack-value", default: 64, range: 0...Int.max, format: .memory,
    aliases: ["zset-max-ziplist-value"])

  /// Whether so many members, the longest of so many bytes, are packed.
  static func mayBePacked(count: Int, longest: Int) -> Bool {
    count <= packedEntriesMax.value && longest <= packedValueMax.value
  }
}
