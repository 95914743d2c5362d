import ConformanceSupport
import Testing

/// Several clients that wait for entries, against redis-server and across a restart.
@Suite(.serialized) struct BlockingTests {
  private static let server = try? ServerProcess(
    .underTest(), arguments: ["--appendonly", "yes", "--appendfsync", "always"])
  private static let oracle = ServerBinary.oracle().flatMap { try? ServerProcess($0) }

  @Test(.enabled(if: oracle != nil, "\(ConformanceRunner.oracleNotice)"), arguments: blockingScripts)
  func servesAsRedisDoes(_ script: ClientScript) throws {
    let server = try #require(Self.server)
    let oracle = try #require(Self.oracle)
    for version in [2, 3] {
      let expected = try script.play(oracle, protocolVersion: version)
      let actual = try script.play(server, protocolVersion: version)
      #expect(actual == expected, "in RESP\(version)")
    }
  }

  /// What blocked clients were given is known after a restart too.
  @Test(arguments: blockingScripts) func isJournaledAsItHappened(_ script: ClientScript) throws {
    let server = try #require(Self.server)
    let differences = try script.differencesAfterCrash(server)
    #expect(differences.isEmpty, "\(differences)")
  }

  /// Six clients at random, and a restart.
  @Test(.enabled(if: oracle != nil, "\(ConformanceRunner.oracleNotice)"), arguments: 1...6 as ClosedRange<UInt64>)
  func servesAtRandom(seed: UInt64) throws {
    let runner = ManyClientsRunner(grammar: blockingGrammar, oracle: ServerBinary.oracle()!)
    if let difference = try runner.run(steps: 1500, seed: seed) { Issue.record("\(difference)") }
  }

  /// What the append-only file says; redis-server's says the same, but where that would not give the same data set.
  @Test(arguments: journalScripts) func journalsWhatWasDone(_ test: JournalScript) throws {
    for binary in [test.isDeviation ? nil : ServerBinary.oracle(), .underTest()] {
      guard let binary else { continue }
      let server = try ServerProcess(binary, arguments: ["--appendonly", "yes", "--appendfsync", "always"])
      _ = try test.script.play(server)
      #expect(server.journal == ["SELECT 0", "FLUSHALL"] + test.journal, "of \(binary.path)")
    }
  }
}
