import Containers
import ServerKernel

// Subcommands that switch something of the server on or off.
extension DEBUG {
  /// Carries the subcommand out if it is one of these.
  static func executeSwitch(_ call: borrowing Call, _ context: inout Context) throws(CommandError) -> Bool {
    let server = context.server
    if call.matches(1, "set-active-expire") && call.count == 3 {
      server.expiry.isOn = call.isOn(2)
    } else if call.matches(1, "pause-cron") && call.count == 3 {
      server.upkeep.isPaused = call.isOn(2)
    } else if call.matches(1, "quicklist-packed-threshold") && call.count == 3 {
      // Lists here have no such threshold; the argument is checked all the same.
      guard let size = MemorySize.parse(call[2].array), size < 1 << 32 else {
        throw .literal("ERR argument must be a memory value bigger than 1 and smaller than 4gb")
      }
    } else if call.matches(1, "replybuffer") && call.count == 4 {
      if call.matches(2, "peak-reset-time") {
        if !call.matches(3, "never") && !call.matches(3, "reset") { _ = try call.integer(3) }
      } else if !call.matches(2, "resizing") {
        throw .unknownSubcommand(call, of: "DEBUG")
      }
    } else if call.matches(1, "drop-cluster-packet-filter") && call.count == 3 {
      _ = try call.integer(2)
    } else if call.matches(1, "config-rewrite-force-all") && call.count == 2 {
      do throws(ConfigurationError) {
        try server.configuration.rewriteFile(includingDefaults: true)
      } catch {
        throw .text("ERR CONFIG-REWRITE-FORCE-ALL failed: \(error.reason)")
      }
    } else if call.matches(1, "client-eviction") && call.count == 2 {
      if !server.clientEviction.isOn { throw .literal("ERR maxmemory-clients is disabled.") }
      context.reply.verbatim(clientSizes(server))
      return true
    } else if call.matches(1, "clusterlink") && call.count == 5 && call.matches(2, "kill") {
      throw .literal("ERR Debug option only available for cluster mode enabled setup!")
    } else {
      return false
    }
    context.reply.ok()
    return true
  }

  /// How many clients there are of each size, of those that may be evicted, as DEBUG CLIENT-EVICTION shows it. Sizes
  /// double from 32 KB to 4 GB.
  private static func clientSizes(_ server: Server) -> String {
    let smallest = 15, count = 19
    var buckets = [(memory: Int, clients: Int)](repeating: (0, 0), count: count)
    for client in server.clients where !client.isNoEvict {
      let memory = client.memoryUse
      let bucket = min(max(Int.bitWidth - memory.leadingZeroBitCount - smallest, 0), count - 1)
      buckets[bucket].memory += memory
      buckets[bucket].clients += 1
    }
    func column(_ number: Int) -> String {
      String(repeating: " ", count: max(0, 10 - String(number).count)) + String(number)
    }
    var text = ""
    for (index, bucket) in buckets.enumerated() {
      text += "bucket \(column(index == 0 ? 0 : 1 << (index - 1 + smallest)))"
      text += index == count - 1 ? "+            : " : " - \(column(1 << (index + smallest) - 1)): "
      text += "tot-mem: \(column(bucket.memory)), clients: \(bucket.clients)\n"
    }
    return text
  }
}
