import Containers
import ScriptEngines
import ServerKernel

// The table `redis` of scripts.
extension Scripts {
  /// The table that scripts and functions have.
  var redisFunctions: [ScriptFunction] {
    [
      ScriptFunction("redis", "call", words: { [self] in call($0, isComplete: $1, $2, &$3, raises: true) }),
      ScriptFunction("redis", "pcall", words: { [self] in call($0, isComplete: $1, $2, &$3, raises: false) }),
      ScriptFunction("redis", "acl_check_cmd", words: { checkCommand($0, isComplete: $1, $2, $3.server) }),
      ScriptFunction("redis", "error_reply") { arguments, result, _ in errorReply(&arguments, result) },
      ScriptFunction("redis", "status_reply") { arguments, result, _ in statusReply(&arguments, result) },
      ScriptFunction("redis", "sha1hex") { arguments, result, _ in digest(&arguments, result) },
      ScriptFunction("redis", "setresp") { [self] arguments, result, _ in setProtocol(&arguments, result) },
      ScriptFunction("redis", "set_repl") { [self] arguments, result, _ in setPropagation(&arguments, result) },
    ]
  }

  /// What functions do not have: debugging, and what is there for scripts of old.
  var redisScriptFunctions: [ScriptFunction] {
    [
      ScriptFunction("redis", "breakpoint") { _, result, _ in
        result.boolean(false)
        return .results
      },
      ScriptFunction("redis", "debug") { _, _, _ in .results },
      ScriptFunction("redis", "replicate_commands") { _, result, _ in
        result.boolean(true)
        return .results
      },
    ]
  }

  /// Numbers that functions of the table take.
  var redisConstants: [(table: String, name: String, write: (ScriptWriter) -> Void)] {
    let numbers = [("REPL_NONE", 0), ("REPL_AOF", 1), ("REPL_SLAVE", 2), ("REPL_REPLICA", 2), ("REPL_ALL", 3)]
    return numbers.map { name, value in ("redis", name, { $0.number(Double(value)) }) }
  }

  /// What libraries have, too, while they are loaded.
  var redisLoadingGlobals: ScriptGlobals {
    let version = RedisCompatibility.version
    let number = version.split(separator: ".").reduce(0) { $0 << 8 | (Int($1) ?? 0) }
    let numbers = [
      ("LOG_DEBUG", 0), ("LOG_VERBOSE", 1), ("LOG_NOTICE", 2), ("LOG_WARNING", 3), ("REDIS_VERSION_NUM", number),
    ]
    return ScriptGlobals(
      functions: [
        ScriptFunction("redis", "log") { arguments, result, _ in log(&arguments, result) }
      ],
      constants: numbers.map { name, value in ("redis", name, { $0.number(Double(value)) }) }
        + [("redis", "REDIS_VERSION", { $0.string(Array(version.utf8).bytes) })])
  }

  /// `redis.call` and `redis.pcall`, which returns errors as tables.
  private func call(
    _ words: borrowing Call, isComplete: Bool, _ result: ScriptWriter, _ context: inout Context, raises: Bool
  ) -> ScriptFunction.Outcome {
    if let problem = problem(words, isComplete) { return fail(problem, isCounted: false, result, raises: raises) }
    let rules = self.rules
    var isError = false
    do throws(CommandError) {
      let origin = context.origin == .user ? .script : context.origin
      isError = try context.call(words, as: origin, rules: rules) { reply throws(CommandError) in
        ReplyConverter(result).convert(reply)
        return reply.kind == .error
      }
    } catch {
      return fail(error.text.bytes, isCounted: false, result, raises: raises)
    }
    if context.hasCalledWrite { noteWrite() }
    return isError && raises ? .raise : .results
  }

  private func fail(
    _ text: [UInt8], isCounted: Bool, _ result: ScriptWriter, raises: Bool
  ) -> ScriptFunction.Outcome {
    writeError(text.bytes, isCounted: isCounted, result)
    return raises ? .raise : .results
  }

  private func setProtocol(_ values: inout ScriptReader, _ result: ScriptWriter) -> ScriptFunction.Outcome {
    let value = values.next()
    if value.kind == .none || !values.isAtEnd { return raise("ERR redis.setresp() requires one argument.", result) }
    let version = value.kind == .number ? value.number : 0
    if version == 3 {
      run?.rules.insert(.repliesInRESP3)
    } else if version == 2 {
      run?.rules.remove(.repliesInRESP3)
    } else {
      return raise("ERR RESP version must be 2 or 3.", result)
    }
    return .results
  }

  private func setPropagation(_ values: inout ScriptReader, _ result: ScriptWriter) -> ScriptFunction.Outcome {
    let value = values.next()
    if value.kind == .none || !values.isAtEnd { return raise("ERR redis.set_repl() requires two arguments.", result) }
    let flags = value.kind == .number ? value.number : 0
    if !(0..<4).contains(flags) {
      return raise("ERR Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.", result)
    }
    run?.rules.subtract([.skipsAppendOnlyFile, .skipsReplicas])
    if Int(flags) & 1 == 0 { run?.rules.insert(.skipsAppendOnlyFile) }
    if Int(flags) & 2 == 0 { run?.rules.insert(.skipsReplicas) }
    return .results
  }
}

/// What is wrong with the arguments of a call.
private func problem(_ words: borrowing Call, _ isComplete: Bool) -> [UInt8]? {
  if !isComplete { return Array("ERR Lua redis lib command arguments must be strings or integers".utf8) }
  return words.count > 0 ? nil : Array("ERR Please specify at least one argument for this redis lib call".utf8)
}

private func checkCommand(
  _ words: borrowing Call, isComplete: Bool, _ result: ScriptWriter, _ server: Server
) -> ScriptFunction.Outcome {
  if let problem = problem(words, isComplete) {
    writeError(problem.bytes, isCounted: false, result)
    return .raise
  }
  guard server.isCallable(words) else { return raise("ERR Invalid command passed to redis.acl_check_cmd()", result) }
  // There are no users but the one that may do everything.
  result.boolean(true)
  return .results
}

/// Writes the table that stands for an error.
func writeError(_ text: borrowing Bytes, isCounted: Bool, _ result: ScriptWriter) {
  result.table(isCounted ? 2 : 1)
  result.string("err")
  result.string(text)
  if isCounted {
    result.string("ignore_error_stats_update")
    result.boolean(true)
  }
}

private func raise(_ text: StaticString, _ result: ScriptWriter) -> ScriptFunction.Outcome {
  writeError(Bytes(text), isCounted: false, result)
  return .raise
}

/// The one argument of a function, if it is one and text.
private func onlyText(_ values: inout ScriptReader) -> [UInt8]? {
  let value = values.next()
  return value.kind == .string && values.isAtEnd ? value.string.array : nil
}

private func errorReply(_ values: inout ScriptReader, _ result: ScriptWriter) -> ScriptFunction.Outcome {
  guard var text = onlyText(&values) else {
    writeError(Bytes("ERR wrong number or type of arguments"), isCounted: false, result)
    return .results
  }
  if text.first == UInt8(ascii: "-") { text.removeFirst() }
  if !text.contains(UInt8(ascii: " ")) { text = Array("ERR ".utf8) + text }
  for index in text.indices where text[index] == 10 || text[index] == 13 { text[index] = 32 }
  writeError(text.bytes, isCounted: false, result)
  return .results
}

private func statusReply(_ values: inout ScriptReader, _ result: ScriptWriter) -> ScriptFunction.Outcome {
  guard let text = onlyText(&values) else {
    writeError(Bytes("ERR wrong number or type of arguments"), isCounted: false, result)
    return .results
  }
  result.table(1)
  result.string("ok")
  result.string(text.bytes)
  return .results
}

private func digest(_ values: inout ScriptReader, _ result: ScriptWriter) -> ScriptFunction.Outcome {
  let value = values.next()
  if value.kind == .none || !values.isAtEnd { return raise("ERR wrong number of arguments", result) }
  let text = value.text ?? []
  let digits = ScriptName(of: text.bytes).text
  result.string(digits.bytes)
  return .results
}

private func log(_ values: inout ScriptReader, _ result: ScriptWriter) -> ScriptFunction.Outcome {
  let levels: [LogLevel] = [.debug, .verbose, .notice, .warning]
  let first = values.next()
  if first.kind == .none || values.isAtEnd {
    return raise("ERR redis.log() requires two arguments or more.", result)
  }
  guard first.kind == .number else {
    return raise("ERR First argument must be a number (log level).", result)
  }
  guard (0..<4).contains(first.number) else { return raise("ERR Invalid debug level.", result) }
  var words: [[UInt8]] = []
  while !values.isAtEnd {
    if let text = values.next().text { words.append(text) }
  }
  Log.write(levels[Int(first.number)], String(decoding: Array(words.joined(separator: [32])), as: UTF8.self))
  return .results
}
