import Glibc
import Testing

@testable import ServerKernel

@Suite struct ProcessTests {
  @Test func runIdentifiersAre40RandomHexadecimalDigits() {
    let first = RunIdentifier.make(), second = RunIdentifier.make()
    #expect(first.wholeMatch(of: #/[0-9a-f]{40}/#) != nil)
    #expect(first != second)
  }

  @Test func aShutdownSignalIsNotedAndWakesTheLoop() async {
    await #expect(processExitsWith: .success) {
      let file = try ShutdownSignals.install()
      #expect(ShutdownSignals.pending == nil)
      raise(SIGPIPE)
      raise(SIGHUP)
      raise(SIGTERM)
      guard ShutdownSignals.pending == SIGTERM else { exit(2) }
      var count: UInt64 = 0
      guard unsafe read(file, &count, 8) == 8, count == 1 else { exit(3) }
      ShutdownSignals.acknowledge()
      guard ShutdownSignals.pending == nil else { exit(4) }
      raise(SIGINT)
      guard ShutdownSignals.pending == SIGINT else { exit(5) }
    }
  }

  @Test func aSecondInterruptEndsTheProcess() async {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardOutputContent]) {
      _ = try ShutdownSignals.install()
      raise(SIGINT)
      raise(SIGINT)
      exit(0)
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(text.contains(#/\d+:signal-handler \(\d+\) Received SIGINT scheduling shutdown\.\.\.\n/#))
    #expect(text.contains("You insist... exiting now.\n"))
  }

  /// A command, for its name.
  private enum HSET: RedisCommand {
    static let spec = CommandSpec(
      "hset", arity: 1, flags: [], group: .hash, since: "1.0.0", complexity: "O(1)", summary: "Nothing.")
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {}
  }

  @Test func aCrashIsReported() async {
    let result = await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardOutputContent]) {
      CrashReport.installIfEnabled()
      let command = Command(HSET.self, HSET.spec, parent: nil)
      command.makeEntry()
      CrashReport.setCommand(command.handle)
      CrashReport.addSection("INFO OUTPUT") { Array("# Server\r\n".utf8) }
      raise(SIGSEGV)
      exit(0)
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    for part in [
      "=== REDIS BUG REPORT START: Cut & paste starting from here ===\n",
      "Redis 7.0.15 crashed by signal: 11, si_code: ",
      "\n------ STACK TRACE ------\nEIP:\n", "\nBacktrace:\n", "\n------ LAST COMMAND ------\nhset\n",
      "\n------ INFO OUTPUT ------\n# Server\r\n", "\n=== REDIS BUG REPORT END. ",
    ] {
      #expect(text.contains(part))
    }
  }

  @Test func aStackOverflowAndAFailedCheckAreReported() async {
    let overflow = await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardOutputContent]) {
      CrashReport.installIfEnabled()
      func descend(_ depth: Int) -> Int { depth < 0 ? 0 : descend(depth + 1) &+ depth }
      exit(Int32(truncatingIfNeeded: descend(getpid() > 0 ? 1 : -1)))
    }
    let overflowText = String(decoding: overflow?.standardOutputContent ?? [], as: UTF8.self)
    #expect(overflowText.contains("REDIS BUG REPORT END"))
    let trap = await #expect(processExitsWith: .failure, observing: [\.standardOutputContent]) {
      CrashReport.installIfEnabled()
      precondition(getpid() == 0, "never")
    }
    let trapText = String(decoding: trap?.standardOutputContent ?? [], as: UTF8.self)
    #expect(trapText.contains("REDIS BUG REPORT END"))
  }

  @Test func aCrashWithinTheReportEndsTheProcess() async {
    await #expect(processExitsWith: .failure) {
      CrashReport.installIfEnabled()
      CrashReport.addSection("INFO OUTPUT") { abort() }
      raise(SIGBUS)
      exit(0)
    }
  }

  @Test func switchedOffNothingIsReported() async {
    let result = await #expect(processExitsWith: .signal(SIGABRT), observing: [\.standardOutputContent]) {
      CrashReport.installIfEnabled()
      let configuration = Configuration()
      try configuration.register([CrashReport.parameter])
      try configuration.set(
        [(Array("crash-log-enabled".utf8), Array("no".utf8))], by: .init(isLocal: true, isLoading: false))
      abort()
    }
    let resultText = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(!resultText.contains("BUG REPORT"))
  }

  @Test func clientsAreReducedToWhatTheSystemAllows() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      var limit = rlimit(rlim_cur: 100, rlim_max: 200)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      guard OpenFilesLimit.adjust(forClients: 50) == 50 else { exit(2) }
      guard OpenFilesLimit.adjust(forClients: 1 << 40) == 200 - 32 else { exit(3) }
      guard OpenFilesLimit.adjust(forClients: 168) == 168 else { exit(4) }
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(text.contains("# Current maximum open files is 200. maxclients has been reduced to 168 to compensate"))
  }

  @Test func pidFileIsWrittenAndRemoved() async {
    let path = "/tmp/goredis-pid-\(RunIdentifier.make())"
    await #expect(processExitsWith: .success) { [path = path as String] in
      PidFile.create(inBackground: false)
      PidFile.path.store(Array(path.utf8))
      PidFile.create(inBackground: false)
      guard try FileSystem.read(Array(path.utf8)) == Array("\(getpid())\n".utf8) else { exit(2) }
      PidFile.remove()
      guard (try? FileSystem.read(Array(path.utf8))) == nil else { exit(3) }
    }
  }

  @Test func daemonGoesOnInAnotherSession() async throws {
    let path = "/tmp/goredis-daemon-\(RunIdentifier.make())"
    await #expect(processExitsWith: .success) { [path = path as String] in
      let session = getsid(0)
      Daemon.start()
      try FileSystem.replace(Array(path.utf8), with: Array("\(getsid(0) != session) \(isatty(0))".utf8))
    }
    defer { FileSystem.remove(Array(path.utf8)) }
    for _ in 0..<200 where (try? FileSystem.read(Array(path.utf8))) == nil { usleep(10_000) }
    #expect(try FileSystem.read(Array(path.utf8)) == Array("true 0".utf8))
  }

  @Test func systemdIsTold() async {
    let path = "/tmp/goredis-notify-\(RunIdentifier.make())"
    defer { FileSystem.remove(Array(path.utf8)) }
    let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(receiver) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let bound = unsafe withUnsafePointer(to: address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    #expect(ServiceNotification.send("READY=1\n", to: path) == .sent)
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = unsafe recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    #expect(buffer.prefix(max(count, 0)) == Array("READY=1\n".utf8)[...])
    #expect(ServiceNotification.send("READY=1\n", to: nil) == .noSocket)
    #expect(ServiceNotification.send("READY=1\n", to: "/nonexistent/x") == .failed(SystemError(code: ENOENT)))
  }
}
