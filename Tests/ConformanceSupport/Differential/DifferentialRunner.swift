/// Sends the same random commands to a server and to a real redis-server and compares every reply.
public struct DifferentialRunner: Sendable {
  public var server: ServerBinary
  public var oracle: ServerBinary
  public var grammar: CommandGrammar

  public init(grammar: CommandGrammar, server: ServerBinary = .underTest(), oracle: ServerBinary) {
    self.grammar = grammar
    self.server = server
    self.oracle = oracle
  }

  /// The environment variable that repeats the sequence of a failed run.
  public static let seedVariable = "CONFORMANCE_SEED"

  /// The seed that the environment names, else the given one, else a random one.
  static func seed(_ given: UInt64?) -> UInt64 {
    environment(seedVariable).flatMap { UInt64($0) } ?? given ?? UInt64.random(in: 0...UInt64(UInt32.max))
  }

  /// Runs one sequence; nil when all replies and the data sets at the end agree, else what differed and the seed.
  ///
  /// The seed is `CONFORMANCE_SEED` where that is set, otherwise the given one, otherwise random.
  public func run(steps: Int, seed: UInt64? = nil) throws(ConformanceError) -> String? {
    let seed = DifferentialRunner.seed(seed)
    let ours = try ServerProcess(server)
    let theirs = try ServerProcess(oracle)
    var random = SeededGenerator(seed: seed)
    // Both protocols deserve their share; the seed decides, so that a repetition speaks the same one.
    let version = seed % 2 == 0 ? 2 : 3
    let client = try ours.connect(protocolVersion: version)
    let other = try theirs.connect(protocolVersion: version)
    let again = "repeat with \(DifferentialRunner.seedVariable)=\(seed)"

    var history: [(command: Command, reply: RESPReply)] = []
    for step in 1...steps {
      let command = grammar.command(using: &random)
      let expected = try other.call(command)
      let actual: RESPReply
      do throws(ConformanceError) {
        actual = try client.call(command)
      } catch {
        throw ConformanceError("command \(step): \(error); \(again)\n\(ours.log.suffix(2000))")
      }
      history.append((command, expected))
      let comparison = grammar.comparisons[command.name] ?? .exactBytes
      if let detail = comparison.difference(actual, expected) {
        return
          "command \(step) in RESP\(version):\n  \(command)\n  \(detail)\n\(again)\(leadingUp(to: command, history))"
      }
    }
    if try client.call("DEBUG DIGEST").value == other.call("DEBUG DIGEST").value { return nil }
    let differences = try DataSetDump(client).differences(from: DataSetDump(other))
    let listed = differences.prefix(10).map { "\n  \($0.key): \($0.detail)" }.joined()
    return "the data sets differ after \(steps) commands (database and key):\(listed)\n\(again)"
  }

  /// The latest commands that share an argument with the one that differed.
  private func leadingUp(to command: Command, _ history: [(command: Command, reply: RESPReply)]) -> String {
    let keys = Set(command.words.dropFirst()).intersection(grammar.keys.map { Array($0.utf8) })
    let related = history.dropLast().filter { !keys.isDisjoint(with: $0.command.words.dropFirst()) }.suffix(8)
    return related.isEmpty ? "" : "\nafter:" + related.map { "\n  \($0.command)  \($0.reply)" }.joined()
  }
}
