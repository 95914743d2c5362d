import ServerKernel

// The directives that govern the encodings of hashes.
extension HashValue {
  /// Hashes of more fields become tables.
  static let packedEntriesMax = Setting(
    "hash-max-listpack-entries", default: 512, range: 0...Int.max,
    aliases: ["hash-max-ziplist-entries"])

  /// Hashes with a field or value of more bytes become tables.
  static let packedValueMax = Setting(
    "hash-max-listpack-value", default: 64, range: 0...Int.max, format: .memory,
    aliases: ["hash-max-ziplist-value"])

  /// Whether so many fields, the longest of them and of their values of so many bytes, are packed.
  static func mayBePacked(count: Int, longest: Int) -> Bool {
    count <= packedEntriesMax.value && longest <= packedValueMax.value
  }
}
