import Containers
import ServerKernel

/// A stream: the value of keys of the type `stream`.
///
/// A key stays when its stream has no entries. Costs and what entries and groups are like are told at `Stream`. Eight
/// bytes in its key's entry; views that it gives of entries last until it changes.
public struct StreamValue: ~Copyable {
  /// Entries and groups.
  public var stream: Stream

  init(_ stream: consuming Stream) { self.stream = stream }

  /// A stream without entries and groups.
  public init() { stream = Stream() }

  /// How large nodes get at present.
  public static var nodeLimit: Stream.NodeLimit {
    Stream.NodeLimit(bytes: nodeBytesMax.value, count: nodeEntriesMax.value)
  }

  /// The most entries of a node.
  public static var nodeEntries: Int { nodeEntriesMax.value }
}
