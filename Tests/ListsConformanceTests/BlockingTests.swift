import ConformanceSupport
import Testing

/// Several clients that block and are served, against redis-server and across a restart.
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

  /// What blocked clients took is gone after a restart too.
  @Test(arguments: blockingScripts) func isJournaledAsItHappened(_ script: ClientScript) throws {
    let server = try #require(Self.server)
    let differences = try script.differencesAfterCrash(server)
    #expect(differences.isEmpty, "\(differences)")
  }
}
