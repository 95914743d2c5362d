import Containers

/// One connection's state; also that of the clients without a connection that scripts and the replay use.
@usableFromInline
@safe
struct ClientState: ~Copyable {
  @usableFromInline let serverReference: ServerReference
  @usableFromInline var server: Server { serverReference.object }
  let id: UInt64
  @usableFromInline var gate: Gate = []
  @usableFromInline var output = OutputBuffer()
  @usableFromInline var database: Place<DatabaseState>
  var connection: Connection
  var readiness = Readiness()
  /// A thread has its connection and reads it.
  var isReading = false
  /// A thread has what it replied and sends that.
  var isSending = false
  var closesAfterReply = false
  /// It has authenticated, or came while no password was needed: a password that is set later leaves it in.
  var isAuthenticated = false
  var isFreed = false

  /// Unix seconds.
  let createdAt: Int64
  /// What the client asked for last, executed or not; nil when there is no such command.
  var lastCommand: CommandHandle?
  /// What only some clients need; made on first use.
  var session: ClientSession?
  /// Requests that arrived and are waiting in MULTI.
  var transaction: Transaction?
  /// Where the stream of effects ended when the client last added to it.
  var effectEnd: Int64 = 0
  /// The same of what the append-only file was given.
  var fileEnd: Int64 = 0
  /// What it takes as `ClientEviction` counts it.
  var countedMemory = 0
  /// Position in the registry of clients.
  var registryIndex = 0

  /// A thread works for it: it is not freed now.
  var isAway: Bool { isReading || isSending }

  /// Bytes that wait to be sent, those of its output source included.
  var waitingOutput: Int { output.pending + (session?.outputSource?.waitingBytes ?? 0) }

  init(server: Server, descriptor: Int32, id: UInt64, database: Place<DatabaseState>, now: Int64) {
    serverReference = ServerReference(server)
    self.id = id
    self.database = database
    connection = Connection(Transport(descriptor: descriptor), now: now)
    createdAt = now
  }
}

/// The rarely used part of a client's state.
final class ClientSession {
  var name = ""
  var libraryName = ""
  var libraryVersion = ""
  var userName = "default"
  var address = ""
  var localAddress = ""
  var isUnixSocket = false
  var isNoEvict = false
  var role = ClientRole.user
  /// Who sends commands that are carried out whatever holds for others.
  var commandSource: (any CommandSource)?
  /// What it is sent behind its replies.
  var outputSource: (any OutputSource)?
  /// Some of that was sent: nothing may come between.
  var hasSourceBegun = false
  /// What came back unsent from a thread.
  var unsent: UnsentOutput?
  /// CLIENT REPLY.
  var muted = MutedState()
  /// Channels, patterns and shard channels that the client is subscribed to, by module.
  var subscriptions: Int {
    subscriptionCounts.channels + subscriptionCounts.patterns + subscriptionCounts.shardChannels
  }
  var subscriptionCounts = (channels: 0, patterns: 0, shardChannels: 0)
  /// About what a subscription takes in the sets of its client and of its channel, with a short name.
  static let bytesPerSubscription = 128
  var blocked: BlockedState?
  /// Its place among those whom CLIENT PAUSE holds back; 0 when it is not held back.
  var postponedTicket: UInt64 = 0
  /// State that modules attach, by the identity of its type.
  var attachments: [ObjectIdentifier: AnyObject] = [:]
}
