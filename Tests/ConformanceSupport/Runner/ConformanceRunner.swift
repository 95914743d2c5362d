import Synchronization

/// Checks the cases of one command module against a real redis-server and against its recorded replies.
///
/// Create one for each suite and keep it: the servers are started on first use and end with the test process.
public final class ConformanceRunner: Sendable {
  public let cases: [ConformanceCase]
  public let server: ServerBinary
  public let oracle: ServerBinary?
  let transcriptPath: String
  private let running = Mutex<[ServerBinary: ServerProcess]>([:])

  /// - Parameters:
  ///   - cases: the module's table; names must be unique.
  ///   - server: the goredis to test.
  ///   - oracle: the real redis-server, or nil where none is installed.
  ///   - transcript: path of the file with the recorded replies.
  public init(
    cases: [ConformanceCase], server: ServerBinary = .underTest(), oracle: ServerBinary? = .oracle(), transcript: String
  ) {
    var names: Set<String> = []
    for test in cases {
      precondition(names.insert(test.name).inserted, "two cases are named \(test.name)")
    }
    self.cases = cases
    self.server = server
    self.oracle = oracle
    transcriptPath = transcript
  }

  /// What to tell where no oracle is installed.
  public static let oracleNotice = "no redis-server 7.0 is installed: replies are compared with the transcript only"

  /// Whether there is a real server to compare with.
  public var hasOracle: Bool { oracle != nil }

  /// How the server's replies differ from the oracle's, in both protocols.
  public func differencesFromOracle(_ test: ConformanceCase) throws(ConformanceError) -> [Difference] {
    guard let oracle else { throw ConformanceError(ConformanceRunner.oracleNotice) }
    return try differences(test, from: oracle)
  }

  /// How the server's replies differ from those of a newer one, which are the right ones: byte for byte.
  func differences(_ test: ConformanceCase, fromNewer oracle: ServerBinary) throws(ConformanceError) -> [Difference] {
    var test = test
    test.comparison = .exactBytes
    return try differences(test, from: oracle)
  }

  private func differences(_ test: ConformanceCase, from oracle: ServerBinary) throws(ConformanceError) -> [Difference]
  {
    var differences: [Difference] = []
    for version in [2, 3] {
      let expected = try replies(of: oracle, to: test, protocolVersion: version)
      let actual = try replies(of: server, to: test, protocolVersion: version)
      differences += compare(test, actual, expected, protocolVersion: version)
    }
    return differences
  }

  /// The replies to a case's commands on an empty server.
  func replies(
    of binary: ServerBinary, to test: ConformanceCase, protocolVersion: Int
  ) throws(ConformanceError) -> [RESPReply] {
    // One case at a time: they share the server and each empties it.
    try running.withLock { running throws(ConformanceError) in
      if running[binary] == nil { running[binary] = try ServerProcess(binary) }
      let client = try running[binary]!.connect(protocolVersion: protocolVersion)
      do throws(ConformanceError) {
        for command in ["FLUSHALL"] + test.setup {
          let reply = try client.call(command)
          if reply.value.isError { throw ConformanceError("the setup command \(command) is answered with \(reply)") }
        }
        var replies: [RESPReply] = []
        for command in test.commands { replies.append(try client.call(command)) }
        return replies
      } catch {
        // Whatever state the server is in, the next case starts with a new one.
        let log = running.removeValue(forKey: binary)?.log ?? ""
        throw ConformanceError("\(test.name): \(binary.path): \(error)\n\(log.suffix(2000))")
      }
    }
  }

  func compare(
    _ test: ConformanceCase, _ actual: [RESPReply], _ expected: [RESPReply], protocolVersion: Int
  ) -> [Difference] {
    var differences: [Difference] = []
    for (index, command) in test.commands.enumerated() {
      if let detail = test.comparison.difference(actual[index], expected[index]) {
        differences.append(
          Difference(caseName: test.name, protocolVersion: protocolVersion, command: command, detail: detail))
      }
    }
    return differences
  }
}
