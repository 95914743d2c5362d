import ConformanceSupport
import Glibc
import Testing

/// The server as administrators meet it: starts that fail, and what a running one shows to the outside.
@Suite struct StartTests {
  /// A folder of the test's own.
  static func folder() throws -> String {
    var template = Array("/tmp/goredis-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw ConformanceError("mkdtemp failed") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) {
    guard let file = unsafe fopen(path, "w") else { return }
    unsafe fputs(text, file)
    unsafe fclose(file)
  }

  static func read(_ path: String) -> String {
    guard let file = unsafe fopen(path, "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// Lines of a configuration file, and what is said of the second one.
  static let wrongLines: [(line: String, reason: String)] = [
    ("foo bar", "Bad directive or wrong number of arguments"),
    ("hz abc", "argument couldn't be parsed into an integer"),
    ("port 7798 2", "wrong number of arguments"),
    ("maxmemory \"10", "Unbalanced quotes in configuration line"),
    ("appendonly maybe", "argument must be 'yes' or 'no'"),
    ("save 900", "Invalid save parameters"),
    ("databases 0", "argument must be between 1 and 2147483647 inclusive"),
    ("maxmemory 10xb", "argument must be a memory value"),
    ("rename-command NOPE x", "No such command in rename-command"),
    ("proc-title-template {x}", "template format is invalid or contains unknown variables"),
  ]

  /// By default the kernel keeps huge pages from the process, even one that hands them out to everybody; otherwise
  /// the data set asks for them.
  @Test func hugePagesAreAChoice() throws {
    for (value, isAllowed) in [("yes", false), ("no", true)] {
      let server = try ServerProcess(ServerBinary.underTest(), arguments: ["--disable-thp", value])
      let client = try server.connect()
      _ = try client.call("DEBUG POPULATE 100000 key 100")
      let process = try client.call("INFO server").value.text?.split(separator: "\r\n").first {
        $0.hasPrefix("process_id:")
      }
      let folder = "/proc/\(process?.dropFirst("process_id:".count) ?? "")"
      #expect(Self.read(folder + "/status").contains("THP_enabled:\t\(isAllowed ? 1 : 0)"))
      // "hg": advised as huge pages.
      let isAdvised = Self.read(folder + "/smaps").split(separator: "\n").contains {
        $0.hasPrefix("VmFlags:") && $0.split(separator: " ").contains("hg")
      }
      #expect(isAdvised == isAllowed)
    }
  }

  @Test func aWrongConfigurationIsNamedByLine() throws {
    let folder = try Self.folder()
    defer { unsafe rmdir(folder) }
    let path = folder + "/redis.conf"
    defer { unsafe unlink(path) }
    for (line, reason) in Self.wrongLines {
      Self.write("port 0\n\(line)\n", to: path)
      for arguments in [[path, "--dir", folder], ["--check-config", path]] {
        let (text, status) = try ServerBinary.underTest().run(arguments)
        #expect(status == 1)
        #expect(
          text.contains(
            """
            *** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***
            Reading the configuration file, at line 2
            >>> '\(line)'
            \(reason)
            """), "\(text)")
      }
    }
    Self.write("port 0\nhz 20\n", to: path)
    let (text, status) = try ServerBinary.underTest().run(["--check-config", path])
    #expect(status == 0 && text == "The configuration is valid.\n")
  }

  @Test func whatIsInTheWayIsNamedInOneLine() throws {
    let process = try ServerProcess(.underTest())
    let folder = try Self.folder()
    defer { unsafe rmdir(folder) }
    let port = "\(process.port)"
    for (arguments, line) in [
      (["--port", port], "# Failed listening on port \(port) (TCP), aborting.\n"),
      (["--port", port], "listening socket 127.0.0.1:\(port): bind: Address already in use\n"),
      (["--bind", "no.such.host.invalid"], "listening socket no.such.host.invalid:6379: "),
      (["--dir", "/nonexistent"], ">>> 'dir \"/nonexistent\"'\nNo such file or directory\n"),
      (["--logfile", "/nonexistent/log"], "Can't open the log file: No such file or directory\n"),
      (
        ["--port", "0", "--unixsocket", "/nonexistent/socket"],
        "# Failed opening Unix socket: bind: No such file or directory\n"
      ),
      (["--port", "0"], "# Configured to not listen anywhere, exiting.\n"),
      (["/nonexistent.conf"], "can't open config file '/nonexistent.conf': No such file or directory\n"),
    ] {
      let given = arguments.contains("--dir") || arguments.count == 1 ? [] : ["--dir", folder]
      let (text, status) = try ServerBinary.underTest().run(arguments + given)
      #expect(status == 1, "\(arguments)")
      #expect(text.contains(line), "\(text)")
    }
    // Nothing of a start that failed is left behind.
    #expect(unsafe access(folder + "/appendonlydir", F_OK) != 0)
  }

  @Test func whatIsNotSupportedIsAcceptedWithAWarning() throws {
    let process = try ServerProcess(
      .underTest(),
      arguments: [
        "--cluster-node-timeout", "7", "--tracking-table-max-keys", "7", "--save", "",
        // What Redis' CONFIG REWRITE writes when nobody has set up a user.
        "--user", "default", "on", "nopass", "sanitize-payload", "~*", "&*", "+@all",
      ])
    for name in ["cluster-node-timeout", "tracking-table-max-keys"] {
      #expect(process.log.contains("WARNING: the directive '\(name)' is accepted but not supported yet"))
    }
    for name in ["save", "user"] { #expect(!process.log.contains("the directive '\(name)'")) }
  }

  /// Directives that are not supported yet, where a server that ignored them would lose data, expose it, or play
  /// another role.
  @Test(arguments: [
    "cluster-enabled yes", "tls-port 6380", "tls-replication yes",
    "tls-cluster yes", "tls-auth-clients no", "aclfile users.acl", "user default on", "user alice on >secret ~* +@all",
    "user default on >secret ~* &* +@all", "loadmodule /nonexistent.so",
  ])
  func whatWouldBeDangerousToIgnoreEndsTheStart(_ line: String) throws {
    let folder = try Self.folder()
    defer { unsafe rmdir(folder) }
    let path = folder + "/redis.conf"
    defer { unsafe unlink(path) }
    Self.write("port 0\n\(line)\n", to: path)
    let (text, status) = try ServerBinary.underTest().run([path, "--dir", folder])
    #expect(status == 1)
    #expect(
      text.contains(
        """
        *** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***
        Reading the configuration file, at line 2
        >>> '\(line)'
        The directive '
        """), "\(text)")
    #expect(text.contains("' is not supported yet: "), "\(text)")
    // A running server keeps to it, too.
    let words = line.split(separator: " ").map(String.init)
    if words[0] == "tls-port" {
      let process = try ServerProcess(.underTest())
      let client = try process.connect()
      #expect(try client.call(["CONFIG", "SET", words[0], words[1]]).value.isError)
    }
  }

  /// A dump file alone is what there was before, where nobody said that an append-only file be kept.
  @Test(arguments: [[], ["--appendonly", "yes"]]) func aDumpFileAlone(arguments: [String]) throws {
    let process = try ServerProcess(.underTest(), arguments: arguments)
    let client = try process.connect()
    #expect(try client.call(["SET", "a", "1"]).value == .simpleString(Array("OK".utf8)))
    #expect(try client.call(["SAVE"]).value == .simpleString(Array("OK".utf8)))
    process.stop()
    #expect(unsafe rename(process.directory + "/appendonlydir", process.directory + "/away") == 0)
    try process.restart()
    let isLoaded = arguments.isEmpty
    let again = try process.connect()
    #expect(try again.call(["DBSIZE"]).value == .integer(isLoaded ? 1 : 0))
    #expect(process.log.contains("is the AOF base file") == isLoaded)
    #expect(process.log.contains("WARNING: the data set starts empty") != isLoaded)
    // It goes on with an append-only file, from there.
    #expect(try again.call(["SET", "b", "2"]).value == .simpleString(Array("OK".utf8)))
    try process.restart()
    let third = try process.connect()
    #expect(try third.call(["DBSIZE"]).value == .integer(isLoaded ? 2 : 1))
  }

  @Test(.disabled(if: ServerBinary.hasIOThreads, "a script starts the program"))
  func theProcessHasATitle() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    func title() -> String { String(Self.read("/proc/\(process.processID ?? 0)/cmdline").prefix { $0 != "\0" }) }
    #expect(title() == "\(process.binary.path) 127.0.0.1:\(process.port)")
    let set = try client.call(["CONFIG", "SET", "proc-title-template", "{server-mode} goredis {port} {{{config-file} "])
    #expect(set.value.text == "OK")
    #expect(title() == "goredis \(process.port) {-")
    for wrong in ["{x}", "{title", "{", ""] {
      #expect(try client.call(["CONFIG", "SET", "proc-title-template", wrong]).value.isError, "\(wrong)")
    }
    let silent = try ServerProcess(.underTest(), arguments: ["--set-proc-title", "no"])
    #expect(Self.read("/proc/\(silent.processID ?? 0)/cmdline").contains("--set-proc-title\0no\0"))
  }

  @Test func aSignalHasItReportWhatItDoes() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    _ = try client.call("ECHO hello")
    kill(process.processID ?? 0, SIGUSR1)
    try BadInputTests.wait { process.log.contains("CLIENT LIST OUTPUT") && process.log.contains("cmd=echo") }
    for part in [
      "Received SIGUSR1", "------ STACK TRACE ------", "Backtrace:\n",
      "------ LAST COMMAND ------\necho\n", "------ INFO OUTPUT ------\n# Server\r\nredis_version:7.0.15",
    ] { #expect(process.log.contains(part), "\(part)") }
    #expect(try client.call("PING").value.text == "PONG")
  }

  @Test func aCrashIsReported() throws {
    let process = try ServerProcess(.underTest())
    #expect(throws: ConformanceError.self) { try process.connect().call("DEBUG SEGFAULT") }
    try BadInputTests.wait { process.log.contains("REDIS BUG REPORT END") }
    for part in [
      "REDIS BUG REPORT START", "crashed by signal: 11", "------ STACK TRACE ------",
      "------ LAST COMMAND ------\ndebug\n", "------ INFO OUTPUT ------\n# Server\r\n", "cmd=debug",
      // The functions that the crash happened in, by their mangled names.
      "ServerCommands5DEBUG", "EventLoopC4tick", "goredis_main+0x",
    ] { #expect(process.log.contains(part), "\(part)") }
  }

  @Test func itGoesToTheBackgroundAndKeepsAPidFile() throws {
    let folder = try Self.folder()
    defer { unsafe rmdir(folder) }
    let pidFile = folder + "/pid", socket = folder + "/socket"
    let (_, status) = try ServerBinary.underTest().run([
      "--daemonize", "yes", "--pidfile", pidFile, "--dir", folder, "--port", "0", "--appendonly", "no", "--unixsocket",
      socket, "--unixsocketperm", "700",
    ])
    #expect(status == 0)
    try BadInputTests.wait { unsafe access(socket, F_OK) == 0 && Self.read(pidFile).hasSuffix("\n") }
    var attributes = stat()
    #expect(unsafe stat(socket, &attributes) == 0 && attributes.st_mode & 0o777 == 0o700)
    let id = try #require(pid_t(Self.read(pidFile).dropLast()))
    #expect(Self.read("/proc/\(id)/cmdline").contains("unixsocket:\(socket)"))
    kill(id, SIGTERM)
    try BadInputTests.wait { unsafe access(pidFile, F_OK) != 0 && access(socket, F_OK) != 0 }
  }
}
