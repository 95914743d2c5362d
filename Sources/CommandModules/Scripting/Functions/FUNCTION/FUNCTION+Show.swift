import Containers
import ServerKernel

// Subcommands that tell what there is.
extension FUNCTION {
  /// `FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]`
  enum LIST: RedisCommand {
    static let spec = CommandSpec(
      "list", arity: -2, flags: [.noScript], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(N) where N is the number of functions",
      summary: "List information about all the functions",
      arguments: [
        .string("library-name-pattern", .optional, token: "LIBRARYNAME"), .token("withcode", "WITHCODE", .optional),
      ],
      hints: ["nondeterministic_output_order"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      var pattern: Int?
      var withCode = false
      var index = 2
      while index < call.count {
        if !withCode && call.matches(index, "withcode") {
          withCode = true
        } else if pattern == nil && call.matches(index, "libraryname") {
          index += 1
          if index == call.count { throw .literal("ERR library name argument was not given") }
          pattern = index
        } else {
          throw .text("ERR Unknown argument \(call[index])")
        }
        index += 1
      }
      let reply = context.reply
      let libraries = try Scripts.of(context.server).functions.table.libraries.values
      let deferred = reply.deferredArray()
      var count = 0
      for library in libraries {
        let name = library.name
        if let pattern, !globMatches(pattern: call[pattern], name.bytes, ignoringCase: true) { continue }
        write(library, withCode: withCode, reply)
        count += 1
      }
      reply.finish(deferred, count: count)
    }

    private static func write(_ library: FunctionLibrary, withCode: Bool, _ reply: Reply) {
      reply.map(withCode ? 4 : 3)
      reply.bulk("library_name")
      reply.bulk(library.name)
      reply.bulk("engine")
      reply.bulk("LUA")
      reply.bulk("functions")
      reply.array(library.functions.count)
      for function in library.functions {
        reply.map(3)
        reply.bulk("name")
        reply.bulk(function.name)
        reply.bulk("description")
        if let description = function.description { reply.bulk(description) } else { reply.null() }
        reply.bulk("flags")
        let flags = ScriptFlags.names.filter { function.flags.contains($0.flag) }
        reply.set(flags.count)
        for flag in flags { reply.simple(flag.name) }
      }
      if withCode {
        reply.bulk("library_code")
        reply.bulk(library.source)
      }
    }
  }

  /// `FUNCTION STATS`
  enum STATS: RedisCommand {
    static let spec = CommandSpec(
      "stats", arity: 2, flags: [.noScript, .allowBusy], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(1)",
      summary: "Return information about the function currently running (name, description, duration)",
      hints: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let scripts = try Scripts.of(context.server)
      let run = scripts.run
      if let run, !run.subject.isFunction { throw run.busyError }
      let reply = context.reply
      reply.map(2)
      reply.bulk("running_script")
      if let run, let engine = scripts.functions.engine {
        reply.map(3)
        reply.bulk("name")
        reply.bulk(scripts.name(of: run.subject))
        reply.bulk("command")
        let deferred = reply.deferredArray()
        var words = 0
        engine.forEachWord { word in
          reply.bulk(word)
          words += 1
        }
        reply.finish(deferred, count: words)
        reply.bulk("duration_ms")
        reply.integer(context.server.milliseconds(since: run.began))
      } else {
        reply.null()
      }
      let table = scripts.functions.table
      reply.bulk("engines")
      reply.map(1)
      reply.bulk("LUA")
      reply.map(2)
      reply.bulk("libraries_count")
      reply.integer(table.libraries.count)
      reply.bulk("functions_count")
      reply.integer(table.functionCount)
    }
  }
}
