import Containers

/// What a command works with while it runs.
///
/// `db` is exclusive: the compiler refuses to change it while a view into it is alive. The others are handles.
public struct Context: ~Copyable {
  /// The database that the client has selected.
  public var db: Database
  /// Where the reply goes.
  public internal(set) var reply: Reply
  /// What is propagated to the append-only file and to replicas.
  public let journal: Journal
  /// The client that called; in a call made by another command one without a connection.
  public internal(set) var client: Client
  /// Who has the command executed.
  public internal(set) var origin: CallOrigin
  /// Everything else.
  public var server: Server { serverReference.object }
  let serverReference: ServerReference
  /// When the last command ended, or the first one began: the next one is timed from there, which saves reading the
  /// counter twice for each.
  var stamp: UInt64
  /// Changes that calls made by the running command counted, and propagated themselves.
  var nestedChanges = 0
  /// Whether a call that it made was of a command that writes. Whoever wants to know sets it to false first.
  public var hasCalledWrite = false
}
