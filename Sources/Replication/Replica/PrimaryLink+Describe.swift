import Containers
import ServerKernel

extension PrimaryLink {
  /// What ROLE tells of a replica.
  func describe(in reply: Reply) {
    reply.array(5)
    reply.bulk("slave")
    let host = source.host ?? []
    reply.bulk(host.bytes)
    reply.integer(Int64(source.port))
    let state: StaticString =
      switch phase {
      case .idle: "connect"
      case .connecting: "connecting"
      case .handshake: "handshake"
      case .receiving, .loading: "sync"
      case .connected: "connected"
      }
    reply.bulk(Bytes(state))
    reply.integer(client == nil ? -1 : replication.stream.end)
  }

  /// What INFO tells of it.
  func describe(in info: inout InfoWriter) {
    let now = server.unixSeconds
    info.field("master_host", String(decoding: source.host ?? [], as: UTF8.self))
    info.field("master_port", source.port)
    info.field("master_link_status", isConnected ? "up" : "down")
    info.field("master_last_io_seconds_ago", client.map { Int(now - $0.lastInteraction) } ?? -1)
    let transfer = transfer
    info.field("master_sync_in_progress", transfer != nil)
    let offset = isConnected || replication.resumeDatabase != nil ? Int(replication.stream.end) : 1
    info.field("slave_read_repl_offset", offset + uncounted + (client?.waitingInput ?? 0))
    info.field("slave_repl_offset", offset)
    if let transfer {
      let total = transfer.total ?? 0
      info.field("master_sync_total_bytes", total)
      info.field("master_sync_read_bytes", transfer.received)
      info.field("master_sync_left_bytes", total - transfer.received)
      info.field("master_sync_perc", total > 0 ? Double(transfer.received) / Double(total) * 100 : 0)
      info.field("master_sync_last_io_seconds_ago", Int(now - lastHeard))
    }
    if !isConnected { info.field("master_link_down_since_seconds", downSince.map { Int(now - $0) } ?? -1) }
    let settings = replication.settings
    info.field("slave_priority", settings.priority.value)
    info.field("slave_read_only", settings.isReadOnly.value)
    info.field("replica_announced", settings.isAnnounced.value)
  }

  private var transfer: IncomingTransfer? {
    switch phase {
    case .receiving(let transfer), .loading(let transfer): transfer
    default: nil
    }
  }
}
