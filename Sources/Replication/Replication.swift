import Containers
import ServerKernel

/// A server's part in replication: a primary with any number of replicas, or a replica, which may have some, too.
final class Replication {
  unowned let server: Server
  let settings: ReplicationSettings
  var identity = ReplicationIdentity()
  let stream: ReplicationStream
  /// Those who read the stream.
  private(set) lazy var replicas = Replicas(self)
  /// The link to the primary; nil while this server is one.
  var link: PrimaryLink?
  /// Of a replica: the database that is selected where the stream goes on; nil when it cannot be gone on with.
  var resumeDatabase: Int?
  /// Up while writes are refused as this server is a replica.
  var readOnlyGate: Gate?
  /// Up while this server is a replica without its primary that serves no old data.
  var staleGate: Gate?

  /// Keys that go without a word of the primary.
  private(set) lazy var ownExpiry = OwnExpiry(server)
  /// A change of parts with a replica.
  private(set) lazy var failover = Failover(self)
  /// Counts of INFO.
  var counters = Counters()
  /// Up while too few replicas would have writes.
  var replicaCountGate: Gate?

  /// How many full transfers there were, and how many partial ones and refusals of such.
  struct Counters {
    var full = 0
    var partial = 0
    var partialRefused = 0
  }

  init(_ server: Server, _ settings: ReplicationSettings) {
    self.server = server
    self.settings = settings
    stream = ReplicationStream(server)
  }

  /// Whether this server follows another one.
  var isReplica: Bool { server.isReplica }

  /// Takes over a changed configuration.
  func settingsChanged() {
    stream.size = settings.backlogSize.value
    stream.trim()
    replicas.updateGate()
    link?.settingsChanged()
  }
}

extension Context {
  /// The server's part in replication.
  var replication: Replication {
    guard let replication = server.service(Replication.self) else { preconditionFailure("registered with the module") }
    return replication
  }
}
