import ConformanceSupport
import Testing

/// The List commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct ListsConformanceTests {
  static let runner = ConformanceRunner(
    cases: endCases + rangeCases + searchCases + moveCases + unblockedCases, transcript: folder + "/transcript.txt")

  /// The folder of this file.
  static let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
    separator: "/")

  @Test(.enabled(if: runner.hasOracle, "\(ConformanceRunner.oracleNotice)"), arguments: runner.cases)
  func agreesWithRedis(_ test: ConformanceCase) throws {
    for difference in try Self.runner.differencesFromOracle(test) { Issue.record("\(difference)") }
  }

  @Test func agreesWithTranscript() throws {
    for difference in try Self.runner.differencesFromTranscript() { Issue.record("\(difference)") }
  }

  @Test func everyCommandHasACase() throws {
    let missing = try Self.runner.commandsWithoutCase(groups: ["list"])
    #expect(missing.isEmpty, "these commands have no case: \(missing.joined(separator: ", "))")
  }

  @Test func survivesRestart() throws {
    switch try Self.runner.persistenceDifferences() {
    case .unavailable(let reason): print("persistence is not tested: \(reason)")
    case .checked(let differences): for difference in differences { Issue.record("\(difference)") }
    }
  }

  @Test(.enabled(if: runner.hasOracle, "\(ConformanceRunner.oracleNotice)"), arguments: 1...4 as ClosedRange<UInt64>)
  func agreesAtRandom(seed: UInt64) throws {
    let differential = DifferentialRunner(grammar: listsGrammar, oracle: ServerBinary.oracle()!)
    if let difference = try differential.run(steps: 3000, seed: seed) { Issue.record("\(difference)") }
  }
}
