/// Who has a command executed.
public enum CallOrigin: Sendable {
  /// A client, for itself.
  case user
  /// A script, or another command that calls commands.
  case script
  /// The append-only file.
  case replay
  /// The primary that this server replicates.
  case primary

  /// Whether the command was accepted elsewhere, or once before: it has to be carried out, since the data set would be
  /// another one without it.
  public var mustBeObeyed: Bool { self == .replay || self == .primary }
}
