import ServerKernel

// The directives that govern the nodes of streams.
extension StreamValue {
  /// Nodes of more bytes get no more entries; 0 leaves them without this limit.
  static let nodeBytesMax = Setting("stream-node-max-bytes", default: 4096, range: 0...Int.max, format: .memory)

  /// Nodes of more entries get no more; 0 leaves them without this limit.
  static let nodeEntriesMax = Setting("stream-node-max-entries", default: 100, range: 0...Int.max)
}
