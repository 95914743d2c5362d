/// One row of a module's conformance table: commands whose replies are compared, on a data set that others prepare.
///
/// Every case starts with an empty server and a connection of its own.
public struct ConformanceCase: Sendable, CustomStringConvertible {
  /// What the case shows; unique within a module, and the case's title in the transcript.
  public var name: String
  /// Commands sent first, whose replies nobody looks at (an error ends the case).
  public var setup: [Command]
  public var commands: [Command]
  public var comparison: Comparison
  /// Whether what the case leaves behind may be compared after a restart: not for keys about to expire.
  public var isPersistent: Bool
  /// Why the append-only file gets something else than redis-server's does; nil when it gets the same.
  public var journalDeviation: String?
  /// The newer server that has what the case shows, and replies rightly to it.
  public var newerServer: NewerServer?

  public init(
    _ name: String, setup: [Command] = [], _ commands: Command..., comparing comparison: Comparison = .exactBytes,
    isPersistent: Bool = true
  ) {
    self.name = name
    self.setup = setup
    self.commands = commands
    self.comparison = comparison
    self.isPersistent = isPersistent
  }

  public var description: String { name }

  /// The case, of which the append-only file gets something else than redis-server's does, for this reason.
  public func journalingOtherwise(_ reason: String) -> ConformanceCase {
    var copy = self
    copy.journalDeviation = reason
    return copy
  }

  /// The case, to which this newer server replies the same, byte for byte, while redis-server 7.0 does not.
  public func replyingAs(_ server: NewerServer) -> ConformanceCase {
    var copy = self
    copy.newerServer = server
    return copy
  }
}

/// What a check found: which command of which case differed, and how.
public struct Difference: Sendable, CustomStringConvertible {
  public var caseName: String
  /// The protocol version, for a difference of replies.
  public var protocolVersion: Int?
  public var command: Command?
  public var detail: String

  public var description: String {
    let version = protocolVersion.map { " in RESP\($0)" } ?? ""
    let what = command.map { "\n  \($0)\n  " } ?? " "
    return "\(caseName)\(version):\(what)\(detail)"
  }
}
