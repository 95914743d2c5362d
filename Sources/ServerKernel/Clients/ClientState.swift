import Containers

/// One connection's state; also that of the clients without a connection that scripts and the replay use.
@usableFromInline
@safe
struct ClientState: ~Copyable {
  @usableFromInline let serverReference: ServerReference
  @usableFromInline var server: Server { serverReference.object }
  /// -1 for a client without a connection.
  let descriptor: Int32
  let id: UInt64
  @usableFromInline var gate: Gate = []
  @usableFromInline var output = OutputBuffer()
  @usableFromInline var database: Place<DatabaseState>

  /// Bytes that arrived and were not executed: part of a request, or requests behind a blocked one.
  var input = InputBuffer()
  var partial: PartialRequest?
  /// Its last request had a large argument, and so may the next.
  var sendsLarge = false
  /// While a batch runs: what was read for this client, and how far it was executed.
  var chunkStart: UInt = 0
  var chunkEnd: UInt = 0
  var parsedTo: UInt = 0
  var executedTo: UInt = 0
  /// Of a command source: up to where it was told what was executed, and where the last whole unit of that ends.
  var toldTo: UInt = 0
  var wholeTo: UInt = 0
  /// A request of the running batch was put off, and with it all later ones.
  var hasPostponed = false
  var isInBatch = false
  /// It stands in the loop's list of clients with input to go on with.
  var hasPendingInput = false
  /// The connection's peer wants to be told when there is room to write.
  var awaitsWritable = false
  var closesAfterReply = false
  /// It has authenticated, or came while no password was needed: a password that is set later leaves it in.
  var isAuthenticated = false
  var isFreed = false

  /// Times in Unix seconds.
  let createdAt: Int64
  var lastInteraction: Int64
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

  /// Bytes that arrived and were not executed.
  var inputCount: Int { input.count + (partial?.collectedCount ?? 0) }
  /// As many of them as Redis would have in its query buffer: what comes before a large argument leaves that.
  var queryCount: Int { partial.flatMap { $0.collectedCount > 0 ? $0.collectedCount : nil } ?? inputCount }
  /// Bytes that wait to be sent, those of its output source included.
  var waitingOutput: Int { output.pending + (session?.outputSource?.waitingBytes ?? 0) }
  /// Bytes of the memory for what arrived.
  var inputMemory: Int { input.capacity + (partial?.collectedCapacity ?? 0) }

  init(server: Server, descriptor: Int32, id: UInt64, database: Place<DatabaseState>, now: Int64) {
    serverReference = ServerReference(server)
    self.descriptor = descriptor
    self.id = id
    self.database = database
    createdAt = now
    lastInteraction = now
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
