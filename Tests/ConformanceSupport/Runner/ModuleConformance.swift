/// All the checks of one command module. A module's conformance test is one parameterised test over them:
///
///     @Suite(.serialized) struct StringsConformanceTests {
///       static let module = ModuleConformance(groups: ["string"], cases: stringCases, grammar: stringsGrammar)
///
///       @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
///         for difference in try check.differences() { Issue.record("\(difference)") }
///       }
///     }
public struct ModuleConformance: Sendable {
  /// The groups of COMMAND DOCS whose commands need a case each.
  public var groups: Set<String>
  /// Commands of these groups that are tested in another way.
  public var withoutCase: Set<String>
  /// The cases that change keys, whose effects are followed into the append-only file and through a restart.
  public var writing: [ConformanceCase]
  public var grammar: CommandGrammar?
  public let runner: ConformanceRunner

  /// - Parameters:
  ///   - writing: the cases that change keys; all of them unless said.
  ///   - testFile: the test's own path: the transcript lies beside it.
  public init(
    groups: Set<String>, cases: [ConformanceCase], writing: [ConformanceCase]? = nil, grammar: CommandGrammar? = nil,
    withoutCase: Set<String> = [], testFile: String = #filePath
  ) {
    self.groups = groups
    self.withoutCase = withoutCase
    self.writing = writing ?? cases
    self.grammar = grammar
    let folder = testFile.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    runner = ConformanceRunner(cases: cases, transcript: folder + "/transcript.txt")
  }

  /// Steps of a random sequence, and how many there are.
  private static let steps = 3000, sequences: ClosedRange<UInt64> = 1...4

  /// The checks, those against a real redis-server only where one is installed.
  public var checks: [ConformanceCheck] {
    let runner = self.runner
    var checks = [
      ConformanceCheck("replies as recorded") { () throws(ConformanceError) in
        try runner.differencesFromTranscript().map(\.description)
      },
      ConformanceCheck("every command has a case") { [groups, withoutCase] () throws(ConformanceError) in
        try runner.commandsWithoutCase(groups: groups).filter { !withoutCase.contains($0) }.map { "\($0) has no case" }
      },
    ]
    if !writing.isEmpty {
      checks.append(
        ConformanceCheck("survives a restart") { [writing] () throws(ConformanceError) in
          try runner.persistenceDifferences(writing).map(\.description)
        })
    }
    checks += newerChecks
    guard let oracle = runner.oracle else {
      print(ConformanceRunner.oracleNotice)
      return checks
    }
    checks += runner.cases.map { test in
      ConformanceCheck("replies as redis-server: \(test.name)") { () throws(ConformanceError) in
        try runner.differencesFromOracle(test).map(\.description)
      }
    }
    if !writing.isEmpty {
      checks.append(
        ConformanceCheck("journals as redis-server") { [writing] () throws(ConformanceError) in
          try runner.journalDifferences(writing).map(\.description)
        })
    }
    if let grammar {
      checks += Self.sequences.map { seed in
        // One sequence meets the assertions, which an optimized server has no more.
        let server = seed == Self.sequences.lowerBound ? runner.server.withAssertions : runner.server
        let differential = DifferentialRunner(
          grammar: grammar, server: server, oracle: oracle, ballast: server == runner.server ? 20_000 : 2_000)
        return ConformanceCheck("replies as redis-server at random, seed \(seed)") { () throws(ConformanceError) in
          try differential.run(steps: Self.steps, seed: seed).map { [$0] } ?? []
        }
      }
    }
    return checks
  }

  /// The checks of cases that newer servers reply to, of those servers that were fetched.
  private var newerChecks: [ConformanceCheck] {
    let runner = self.runner
    var checks: [ConformanceCheck] = []
    var missing: Set<String> = []
    for test in runner.cases {
      guard let newer = test.newerServer else { continue }
      guard let binary = newer.binary else {
        missing.insert(newer.rawValue)
        continue
      }
      checks.append(
        ConformanceCheck("replies as \(newer.rawValue): \(test.name)") { () throws(ConformanceError) in
          try runner.differences(test, fromNewer: binary).map(\.description)
        })
    }
    for name in missing.sorted() { print("skipped: what \(name) replies, which Benchmarks/peers has not fetched") }
    return checks
  }
}

/// One check of a module.
public struct ConformanceCheck: Sendable, CustomStringConvertible {
  public let description: String
  private let check: @Sendable () throws(ConformanceError) -> [String]

  init(_ description: String, _ check: @escaping @Sendable () throws(ConformanceError) -> [String]) {
    self.description = description
    self.check = check
  }

  /// Makes the check: what it found, in words; nothing when all is well.
  public func differences() throws(ConformanceError) -> [String] { try check() }
}
