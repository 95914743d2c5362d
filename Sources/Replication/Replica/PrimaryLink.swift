import Containers
import ServerKernel

/// A replica's link to its primary.
final class PrimaryLink {
  private unowned let replication: Replication
  let source: ReplicationSource

  init(_ replication: Replication, to source: ReplicationSource) {
    self.replication = replication
    self.source = source
  }

  /// Whether the stream arrives.
  var isConnected: Bool { false }

  /// Tells the primary how far this server is.
  func tellOffset() {}

  /// Called once a second.
  func tick() {}

  /// Takes over a changed configuration.
  func settingsChanged() {}

  /// What ROLE tells of a replica.
  func describe(in reply: Reply) {}
}
