import Containers
import ServerKernel

/// `REPLCONF option value [option value ...]`: what a replica tells its primary of itself, and of how far it is.
enum REPLCONF: RedisCommand {
  static let spec = CommandSpec(
    "replconf", arity: -1, flags: [.admin, .noScript, .loading, .stale, .allowBusy],
    group: .server, since: "3.0.0", complexity: "O(1)",
    summary: "An internal command for configuring the replication stream",
    isSystem: true)

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count % 2 == 0 { throw .syntax }
    var index = 1
    while index < call.count {
      if call.matches(index, "ack") { return try acknowledge(call, from: index, context) }
      if call.matches(index, "getack") { return tellOffset(context) }
      try set(call, index, context.replication.replicas.introduced(context.client))
      index += 2
    }
    context.reply.ok()
  }

  private static func set(
    _ call: borrowing Call, _ index: Int, _ replica: ConnectedReplica
  ) throws(CommandError) {
    if call.matches(index, "listening-port") {
      replica.listeningPort = Int(try call.integer(index + 1))
    } else if call.matches(index, "ip-address") {
      let address = call[index + 1]
      if address.count >= 256 {
        throw .text("ERR REPLCONF ip-address provided by replica instance is too long: \(address.count) bytes")
      }
      replica.announcedAddress = address.count == 0 ? nil : address.string
    } else if call.matches(index, "capa") {
      // Those of newer servers are of no use here.
      if call.matches(index + 1, "eof") { replica.understandsEndMark = true }
      if call.matches(index + 1, "psync2") { replica.understandsNewNames = true }
    } else if call.matches(index, "rdb-only") {
      let number = try call.integer(index + 1)
      if !(0...1 ~= number) { throw .literal("ERR value is out of range, value must between 0 and 1") }
      replica.wantsDataSetOnly = number == 1
    } else if call.matches(index, "rdb-filter-only") {
      replica.filter = try filter(call[index + 1])
    } else {
      throw .text("ERR Unrecognized REPLCONF option: \(call[index])")
    }
  }

  private static func filter(_ words: borrowing Bytes) throws(CommandError) -> TransferFilter {
    guard let words = splitArguments(words.array) else {
      throw .literal("ERR Missing rdb-filter-only values")
    }
    for word in words where !word.bytes.equalsIgnoringCase("functions") {
      throw .text("ERR Unsupported rdb-filter-only option: \(word.bytes)")
    }
    return words.isEmpty ? .nothing : .functions
  }

  /// `ACK offset [FACK offset]`, which is never answered: what the replica has, and what of that its disk has.
  private static func acknowledge(_ call: borrowing Call, from index: Int, _ context: borrowing Context)
    throws(CommandError)
  {
    guard context.client.role == .replica, let offset = call[index + 1].integer else { return }
    let replicas = context.replication.replicas
    let durable = call.count > index + 3 && call.matches(index + 2, "fack") ? call[index + 3].integer : nil
    replicas.introduced(context.client).acknowledge(offset, durable: durable)
    replicas.acknowledgements.arrived()
    context.replication.failover.proceedIfSynchronized()
  }

  /// The primary wants to know how far this server is.
  private static func tellOffset(_ context: borrowing Context) {
    if context.client.role == .primary { context.replication.link?.tellOffset() }
  }
}
