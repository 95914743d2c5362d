import Containers
import ServerKernel

// Subcommands that look at keys, or make them.
extension DEBUG {
  /// Carries the subcommand out if it is one of these.
  static func executeData(_ call: borrowing Call, _ context: inout Context) throws(CommandError) -> Bool {
    if call.matches(1, "digest") && call.count == 2 {
      digest(&context)
    } else if call.matches(1, "digest-value") {
      context.reply.array(call.count - 2)
      for index in 2..<call.count { context.reply.simple(context.db.digest(call[index]).hexadecimal) }
    } else if call.matches(1, "object") && call.count == 3 {
      try object(call, &context)
    } else if call.matches(1, "sdslen") && call.count == 3 {
      try stringLength(call, &context)
    } else if call.matches(1, "listpack") && call.count == 3 {
      try requireEncoding("listpack", call, &context)
      context.reply.simple("Listpack structure printed on stdout")
    } else if call.matches(1, "quicklist") && (call.count == 3 || call.count == 4) {
      try requireEncoding("quicklist", call, &context)
      context.reply.simple("Quicklist structure printed on stdout")
    } else if call.matches(1, "populate") && 3...5 ~= call.count {
      try populate(call, &context)
    } else if call.matches(1, "htstats") && call.count == 3 {
      try tableStatistics(call, &context)
    } else if call.matches(1, "htstats-key") && call.count == 3 {
      if !context.db.contains(call[2], touching: false) { throw .noSuchKey }
      guard let tables = context.db.tableStatistics(call[2]) else {
        throw .literal("ERR The value stored at the specified key is not represented using an hash table")
      }
      context.reply.verbatim(describe(tables))
    } else {
      return false
    }
    return true
  }

  /// One digest of all databases: equal data sets have equal ones, in Redis too.
  private static func digest(_ context: inout Context) {
    var total = ValueDigest()
    for number in 0..<context.server.databaseCount {
      if let database = context.server.database(number) { database.digest(into: &total) }
    }
    context.reply.simple(total.hexadecimal)
  }

  private static func object(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    // Whether a key is past its time is not asked: it is there, or not.
    let server = context.server
    let servesExpired = server.servesExpired
    server.servesExpired = true
    defer { server.servesExpired = servesExpired }
    guard let encoding = context.db.encodingName(call[2]) else { throw .noSuchKey }
    let idle = context.db.countsFrequency ? 0 : context.db.idleSeconds(call[2]) ?? 0
    let clock = (context.server.accessClock - idle) & 0xff_ffff
    let address = String(context.db.address(call[2]) ?? 0, radix: 16)
    let size = context.db.memoryUse(call[2], samples: 0) ?? 0
    var count = CommandArguments("OBJECT")
    count.append(Bytes("REFCOUNT"))
    count.append(call[2])
    let references = try context.call(count) { reply throws(CommandError) in reply.integer ?? 1 }
    context.reply.simple(
      "Value at:0x\(address) refcount:\(references) encoding:\(encoding) serializedlength:\(size) "
        + "lru:\(clock) lru_seconds_idle:\(idle)")
  }

  private static func stringLength(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let type = context.db.typeName(call[2]), let encoding = context.db.encodingName(call[2]) else {
      throw .noSuchKey
    }
    guard type.description == "string", encoding.description != "int" else {
      throw .literal("ERR Not an sds encoded string.")
    }
    let memory = context.db.memoryUse(call[2], samples: 0) ?? 0
    let length = try context.db.string(call[2])?.count ?? 0
    context.reply.simple(
      "key_sds_len:\(call[2].count), key_sds_avail:0, key_zmalloc: \(call[2].count), "
        + "val_sds_len:\(length), val_sds_avail:0, val_zmalloc: \(memory)")
  }

  private static func requireEncoding(
    _ name: String, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) {
    guard let encoding = context.db.encodingName(call[2]) else { throw .noSuchKey }
    if encoding.description != name { throw .text("ERR Not a \(name) encoded object.") }
  }

  /// `POPULATE count [prefix] [size]`: strings `prefix:0`, `prefix:1`, ..., not those that are there already.
  private static func populate(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let count = try positive(call[2])
    let size = call.count == 5 ? try positive(call[4]) : 0
    if size > context.server.settings.maxBulkLength.value {
      throw .literal("ERR string exceeds maximum allowed size (proto-max-bulk-len)")
    }
    let prefix = call.count > 3 ? call[3].array : Array("key".utf8)
    for index in 0..<count {
      let key = prefix + Array(":\(index)".utf8)
      if context.db.contains(key.bytes, touching: false) { continue }
      var value = Array("value:\(index)".utf8)
      if size > 0 {
        let padding = max(0, Int(size) - value.count)
        value = value.prefix(Int(size)) + [UInt8](repeating: 0, count: padding)
      }
      context.db.setString(key.bytes, value.bytes, event: .none)
    }
    context.journal.suppress()
    context.reply.ok()
  }

  private static func positive(_ text: borrowing Bytes) throws(CommandError) -> Int64 {
    guard let number = text.integer, number >= 0 else {
      throw .literal("ERR value is out of range, must be positive")
    }
    return number
  }

  private static func tableStatistics(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let number = try call.integer(2)
    guard let index = Int(exactly: number), let database = context.server.database(index) else {
      throw .literal("ERR Out of range database")
    }
    let tables = database.tableStatistics
    context.reply.verbatim(
      "[Dictionary HT]\n" + describe(tables.keys) + "[Expires HT]\n" + describe(tables.expires))
  }

  /// The arrays of a table, in Redis' words. Its chains are lists of entries; here a chain is a bucket of eight places
  /// with its overflow.
  private static func describe(_ tables: [BucketStatistics]) -> String {
    var text = ""
    for (number, table) in tables.enumerated() {
      text += "Hash table \(number) stats (\(number == 0 ? "main hash table" : "rehashing target")):\n"
      let entries = table.entries
      if entries == 0 {
        text += "No stats available for empty dictionaries\n"
        continue
      }
      let used = table.buckets - table.chains[0]
      let average = NumberText.fixed(Double(entries) / Double(used))
      text +=
        " table size: \(table.buckets)\n number of elements: \(entries)\n different slots: \(used)\n"
        + " max chain length: \(table.chains.count - 1)\n avg chain length (counted): \(average)\n"
        + " avg chain length (computed): \(average)\n Chain length distribution:\n"
      for (length, count) in table.chains.enumerated() where count > 0 {
        let share = NumberText.fixed(Double(count) / Double(table.buckets) * 100)
        text += "   \(length): \(count) (\(share)%)\n"
      }
    }
    return text
  }
}
