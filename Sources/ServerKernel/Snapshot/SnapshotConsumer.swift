import Containers

/// Receives the state of all databases at one moment, in the format that its encoders write.
///
/// Keys come in no order. The consumer is called on the command thread and hands the bytes on; it must not wait.
public protocol SnapshotConsumer: AnyObject {
  /// Whether the walk may go on. While it may not, only keys that are about to change are handed over.
  var canTakeMore: Bool { get }
  /// Makes an encoder; asked for twice.
  func makeEncoder() -> any SnapshotEncoder
  /// Takes the next bytes. They may end anywhere.
  func take(_ piece: consuming ByteBuffer)
  /// Everything was handed over.
  func snapshotDidEnd()
}
