import ConformanceSupport
import Glibc
import Testing

/// DEBUG RESTART and CRASH-AND-RECOVER: the same process, and a new server in it.
@Suite struct RestartTests {
  /// The servers to try: what is asked of ours holds for the real one.
  static let binaries = [ServerBinary.underTest()] + [ServerBinary.oracle()].compactMap { $0 }

  /// Runs `body` with a server that keeps its data set, and its configuration file, which does not say how many
  /// databases there are.
  static func withServer(_ binary: ServerBinary, _ body: (ServerProcess, String) throws -> Void) throws {
    let folder = try StartTests.folder()
    let file = folder + "/redis.conf"
    defer {
      unsafe unlink(file)
      unsafe rmdir(folder)
    }
    var binary = binary
    StartTests.write("maxclients 100\n", to: file)
    binary.arguments = [file]
    let arguments = ["--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no"]
    try body(ServerProcess(binary, arguments: arguments), file)
  }

  static func identifier(_ client: RESPClient) throws -> String? {
    try client.call("INFO server").value.text?.split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix("run_id:") }.map(String.init)
  }

  /// Sends what restarts the server, sees the connection end, and returns one to the new server.
  static func restart(_ process: ServerProcess, _ command: Command) throws -> RESPClient {
    let client = try process.connect()
    let old = try identifier(client)
    try client.send(command)
    #expect(throws: ConformanceError.self) { try client.receive() }
    var next: RESPClient?
    try BadInputTests.wait {
      guard let candidate = try? process.connect() else { return false }
      next = candidate
      return try candidate.call("PING").value.text == "PONG"
    }
    let restarted = try #require(next)
    #expect(try identifier(restarted) != old)
    return restarted
  }

  @Test(arguments: binaries) func aRestartKeepsDataAndConfiguration(_ binary: ServerBinary) throws {
    try Self.withServer(binary) { process, _ in
      let client = try process.connect()
      for command: Command in ["SET a 1", "CONFIG SET hz 77", "CONFIG SET maxclients 99"] {
        #expect(try client.call(command).value.text == "OK")
      }
      let restarted = try Self.restart(process, "DEBUG RESTART 10")
      #expect(try restarted.call("GET a").value.text == "1")
      #expect(try restarted.call("CONFIG GET hz").value.elements?.last?.text == "77")
      #expect(try restarted.call("CONFIG GET maxclients").value.elements?.last?.text == "99")
      #expect(kill(process.processID ?? 0, 0) == 0)
      #expect(process.log.contains("ready to exit, bye bye"))
      // And once more, by a server that was itself begun anew.
      #expect(try Self.restart(process, "DEBUG RESTART").call("GET a").value.text == "1")
    }
  }

  @Test(arguments: binaries) func aCrashKeepsWhatWasSynced(_ binary: ServerBinary) throws {
    try Self.withServer(binary) { process, _ in
      let client = try process.connect()
      for command: Command in ["SET a 1", "CONFIG SET hz 77"] { #expect(try client.call(command).value.text == "OK") }
      let restarted = try Self.restart(process, "DEBUG CRASH-AND-RECOVER")
      #expect(try restarted.call("GET a").value.text == "1")
      #expect(try restarted.call("CONFIG GET hz").value.elements?.last?.text == "10")
      #expect(kill(process.processID ?? 0, 0) == 0)
      #expect(!process.log.contains("bye bye"))
    }
  }

  @Test(arguments: binaries) func aRestartThatCannotBeIsRefused(_ binary: ServerBinary) throws {
    try Self.withServer(binary) { process, file in
      unsafe unlink(file)
      unsafe rmdir(String(file.dropLast("/redis.conf".count)))
      let client = try process.connect()
      let reply = try client.call("DEBUG RESTART")
      #expect(reply.value.text == "ERR failed to restart the server. Check server logs.")
      #expect(process.log.contains("Can't restart: configuration rewrite process failed: "))
      #expect(try client.call("PING").value.text == "PONG")
    }
  }

  @Test(arguments: binaries) func aForcedRewriteWritesDefaults(_ binary: ServerBinary) throws {
    try Self.withServer(binary) { process, file in
      let client = try process.connect()
      #expect(try client.call("CONFIG REWRITE").value.text == "OK")
      #expect(!StartTests.read(file).contains("\nactivedefrag no\n"))
      #expect(try client.call("DEBUG CONFIG-REWRITE-FORCE-ALL").value.text == "OK")
      for line in ["activedefrag no", "databases 16", "list-max-listpack-size -2"] {
        #expect(StartTests.read(file).contains("\n\(line)\n"), "\(line)")
      }
    }
  }
}
