// Unsafe: the buffer lies at a place that is freed with the object, which outlives every use of it.

/// A buffer that several own: it lies where it is until the last lets go of it. One thread at a time uses it.
@safe
public final class SharedBuffer: @unchecked Sendable {
  // Whoever passes it to another thread leaves it alone from then on.
  private let place: Place<ByteBuffer>

  /// One that holds `content`.
  public init(_ content: consuming ByteBuffer) { place = Place(content) }

  deinit { unsafe place.free() }

  /// The bytes.
  public var content: ByteBuffer {
    unsafeAddress { unsafe UnsafePointer(place.address) }
    unsafeMutableAddress { unsafe place.address }
  }
}
