import Containers
import ServerKernel

// Subcommands that act on the process, its files, or nothing but the reply.
extension DEBUG {
  /// Carries the subcommand out if it is one of these.
  static func executeProcess(_ call: borrowing Call, _ context: inout Context) throws(CommandError) -> Bool {
    let server = context.server
    if call.matches(1, "help") && call.count == 2 {
      context.help("DEBUG", helpText)
    } else if call.matches(1, "sleep") && call.count == 3 {
      let seconds = call[2].double ?? 0
      context.server.sleep(microseconds: Int(max(0, min(seconds, 1e9)) * 1_000_000))
      context.reply.ok()
    } else if call.matches(1, "log") && call.count == 3 {
      Log.warning("DEBUG LOG: \(call[2].string)")
      context.reply.ok()
    } else if call.matches(1, "error") && call.count == 3 {
      context.reply.error(ErrorText(call[2].array), isCounted: false)
    } else if call.matches(1, "protocol") && call.count == 3 {
      try sampleReply(call, context)
    } else if call.matches(1, "segfault") {
      server.crash()
    } else if call.matches(1, "panic") {
      server.abortProcess("DEBUG PANIC called at Unix time \(server.unixSeconds)")
    } else if call.matches(1, "assert") {
      server.abortProcess("=== ASSERTION FAILED ===")
    } else if call.matches(1, "restart") {
      try restart(call, context, gracefully: true)
    } else if call.matches(1, "crash-and-recover") {
      try restart(call, context, gracefully: false)
    } else if call.matches(1, "leak") && call.count == 3 {
      context.reply.ok()
    } else if call.matches(1, "reload") {
      try reload(call, &context)
    } else if call.matches(1, "loadaof") {
      try reload(.appendOnlyFile, &context)
      Log.warning("Append Only File loaded by DEBUG LOADAOF")
    } else if call.matches(1, "oom") {
      server.abortProcess("Redis aborting for OUT OF MEMORY.")
    } else if call.matches(1, "structsize") && call.count == 2 {
      var text = "bits:64 "
      for (name, bytes) in Server.structureSizes { text += "\(name):\(bytes) " }
      context.reply.bulk(Array(text.utf8).bytes)
    } else if call.matches(1, "stringmatch-test") && call.count == 2 {
      matchRandomPatterns()
      context.reply.simple("Apparently Redis did not crash: test passed")
    } else {
      return false
    }
    return true
  }

  private static func restart(
    _ call: borrowing Call, _ context: borrowing Context, gracefully: Bool
  ) throws(CommandError) {
    let delay = call.count > 2 ? try call.integer(2) : 0
    context.server.restart(gracefully: gracefully, after: max(0, delay))
    throw .literal("ERR failed to restart the server. Check server logs.")
  }

  private static func reload(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var saves = true, flushes = true, merges = false
    for index in 2..<call.count {
      if call.matches(index, "merge") {
        merges = true
      } else if call.matches(index, "noflush") {
        flushes = false
      } else if call.matches(index, "nosave") {
        saves = false
      } else {
        throw .literal("ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.")
      }
    }
    try reload(.dump(saves: saves, flushes: flushes, merges: merges), &context)
    Log.warning("DB reloaded by DEBUG RELOAD")
  }

  private static func reload(_ kind: ReloadKind, _ context: inout Context) throws(CommandError) {
    guard let hook = context.server.reloadHook else {
      throw .literal("ERR the server was built without persistence")
    }
    if let error = hook(kind, context.server) { throw .text(ErrorText(error)) }
    context.journal.suppress()
    context.reply.ok()
  }

  /// Thousands of random patterns against random texts: none may crash or take long.
  private static func matchRandomPatterns() {
    var generator = SystemRandomNumberGenerator()
    let letters = Array("*?[]\\-^abc".utf8)
    for _ in 0..<10_000 {
      let pattern = (0..<Int.random(in: 1...32, using: &generator)).map { _ in letters[Int.random(in: 0..<10)] }
      let text = (0..<Int.random(in: 1...64, using: &generator)).map { _ in letters[Int.random(in: 0..<10)] }
      _ = globMatches(pattern: pattern.bytes, text.bytes, ignoringCase: false)
    }
  }

  /// `PROTOCOL type`: a value of each type of the protocol.
  private static func sampleReply(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) {
    let reply = context.reply
    switch call[2].string.lowercased() {
    case "string": reply.bulk("Hello World")
    case "integer": reply.integer(12345)
    case "double": reply.double(3.141)
    case "bignum": reply.bigNumber("1234567999999999999999999999999999999")
    case "null": reply.null()
    case "array":
      reply.array(3)
      for index in 0..<3 { reply.integer(index) }
    case "set":
      reply.set(3)
      for index in 0..<3 { reply.integer(index) }
    case "map":
      reply.map(3)
      for index in 0..<3 {
        reply.integer(index)
        reply.boolean(index == 1)
      }
    case "attrib":
      if reply.isRESP3 {
        reply.attribute(1)
        reply.bulk("key-popularity")
        reply.array(2)
        reply.bulk("key:123")
        reply.integer(90)
      }
      reply.bulk("Some real reply following the attribute")
    case "push":
      guard reply.isRESP3 else { throw .literal("ERR RESP2 is not supported by this command") }
      context.client.push(Bytes(">2\r\n$16\r\nserver-cpu-usage\r\n:42\r\n"))
      reply.bulk("Some real reply following the push reply")
    case "true": reply.boolean(true)
    case "false": reply.boolean(false)
    case "verbatim": reply.verbatim("This is a verbatim\nstring")
    default:
      throw .literal(
        """
        ERR Wrong protocol type name. Please use one of the following: \
        string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false
        """
      )
    }
  }
}
