// Unsafe: the reference is not counted. The server is made before anything that refers to it and outlives it.

/// A reference to the server without reference counting, for state on the hot path.
@safe
@frozen
@usableFromInline
struct ServerReference {
  private let reference: Unmanaged<Server>

  init(_ server: Server) { unsafe reference = .passUnretained(server) }

  @usableFromInline
  var object: Server { unsafe reference._withUnsafeGuaranteedRef { $0 } }

  /// Passes the server on for a time, which costs no counting at all.
  @inline(__always)
  func borrow<Result>(_ body: (Server) -> Result) -> Result { unsafe reference._withUnsafeGuaranteedRef(body) }
}
