import Containers
import ServerKernel

/// The servers that follow this one.
final class Replicas {
  private unowned let replication: Replication

  init(_ replication: Replication) { self.replication = replication }

  /// Called once a second.
  func tick() {}

  /// A client has gone.
  func remove(_ client: Client) {}

  /// Closes all their connections: what they have read is no beginning of what comes.
  func disconnectAll() {}

  /// Has writes refused that too few replicas would have.
  func updateGate() {}

  /// What ROLE tells of them.
  func describe(in reply: Reply) { reply.array(0) }
}
