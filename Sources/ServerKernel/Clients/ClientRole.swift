/// What a connection is to this server.
public enum ClientRole: Sendable {
  /// Someone who has commands executed.
  case user
  /// A server that follows this one.
  case replica
  /// The server that this one follows.
  case primary
}

extension Client {
  /// What the connection is to this server.
  public var role: ClientRole {
    get { place.value.session?.role ?? .user }
    nonmutating set {
      session.role = newValue
      setGate(.following, newValue == .replica)
      if newValue != .user { place.value.server.clientEviction.forget(self) }
    }
  }

  /// Where the stream of effects ended after the last command of this client that went into it; see
  /// `Journal.streamEnd`. 0 when none did.
  public var effectEnd: Int64 { place.value.effectEnd }

  /// The same of what the append-only file was given; see `Journal.fileEnd`.
  public var fileEnd: Int64 { place.value.fileEnd }
}
