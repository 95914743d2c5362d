/// A buffer that several own: it lies where it is until the last lets go of it. One thread at a time uses it.
public final class SharedBuffer: @unchecked Sendable {
  // Whoever passes it to another thread leaves it alone from then on.
  /// The bytes.
  public var content: ByteBuffer

  /// One that holds `content`.
  public init(_ content: consuming ByteBuffer) { self.content = content }
}
