import Containers

/// Receives the state of all databases at one moment, as the commands that make it anew.
///
/// Commands come in no order of keys, each database's after a SELECT. The consumer is called on the command thread
/// and hands the bytes on; it must not wait.
public protocol SnapshotConsumer: AnyObject {
  /// Whether the walk may go on. While it may not, only keys that are about to change are handed over.
  var canTakeMore: Bool { get }
  /// Takes whole commands.
  func take(_ commands: consuming ByteBuffer)
  /// Everything was handed over.
  func snapshotDidEnd()
}
