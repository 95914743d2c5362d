extension ConformanceRunner {
  /// How what the server's append-only file gets for these cases differs from what the oracle's gets: command by
  /// command and byte for byte, SELECT, MULTI and EXEC included.
  ///
  /// Only times may differ that count from when a command was executed, by a minute at most. Keys expire when they are
  /// asked for, not on their own. Cases with a command that the oracle alone does not know are left out.
  public func journalDifferences(_ cases: [ConformanceCase]) throws(ConformanceError) -> [Difference] {
    guard let oracle else { throw ConformanceError(ConformanceRunner.oracleNotice) }
    let cases = cases.filter { $0.isPersistent && $0.journalDeviation == nil }
    let (actual, unknown) = try ConformanceRunner.journals(of: server, cases)
    let (expected, unknownToOracle) = try ConformanceRunner.journals(of: oracle, cases)
    var differences: [Difference] = []
    for (index, test) in cases.enumerated() where unknown.contains(index) || !unknownToOracle.contains(index) {
      let ours = index < actual.count ? actual[index] : [], theirs = index < expected.count ? expected[index] : []
      if ours.count == theirs.count, zip(ours, theirs).allSatisfy({ ConformanceRunner.agree($0, $1) }) { continue }
      let list = { (commands: [Command]) in commands.map { "\n    \($0)" }.joined() }
      differences.append(
        Difference(caseName: test.name, detail: "the journal is\(list(ours))\n  expected\(list(theirs))"))
    }
    return differences
  }

  private static let marker = Array("\0case".utf8)

  /// What each case leaves in the append-only file, and which cases have a command that the server does not know.
  private static func journals(
    of binary: ServerBinary, _ cases: [ConformanceCase]
  ) throws(ConformanceError) -> (journals: [[Command]], unknown: Set<Int>) {
    let process = try ServerProcess(
      binary, arguments: ["--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"])
    let control = try process.connect()
    _ = try control.call("DEBUG SET-ACTIVE-EXPIRE 0")
    var unknown: Set<Int> = []
    for (index, test) in cases.enumerated() {
      let client = try process.connect()
      for command in ["FLUSHALL"] + test.setup + test.commands {
        if try client.call(command).raw.starts(with: "-ERR unknown command".utf8) { unknown.insert(index) }
      }
      _ = try control.call(Command([Array("SET".utf8), marker, []]))
    }
    let directory = process.directory + "/appendonlydir/"
    guard let manifest = contents(of: directory + "appendonly.aof.manifest") else {
      throw ConformanceError("\(binary.path) has no append-only file")
    }
    var journals: [[Command]] = [[]]
    for line in String(decoding: manifest, as: UTF8.self).split(separator: "\n") where line.hasSuffix(" type i") {
      let words = line.split(separator: " ")
      for command in try commands(in: contents(of: directory + words[1]) ?? []) {
        if command.words.contains(marker) { journals.append([]) } else { journals[journals.count - 1].append(command) }
      }
    }
    return (journals, unknown)
  }

  /// The requests of a file, all of them arrays of bulk strings.
  private static func commands(in file: [UInt8]) throws(ConformanceError) -> [Command] {
    var position = 0
    func number(after mark: Character) throws(ConformanceError) -> Int {
      guard position < file.count, file[position] == mark.asciiValue,
        let end = file[position...].firstIndex(of: UInt8(ascii: "\r")),
        let number = Int(String(decoding: file[(position + 1)..<end], as: UTF8.self)), end + 2 <= file.count
      else { throw ConformanceError("the append-only file is malformed at byte \(position)") }
      position = end + 2
      return number
    }
    var commands: [Command] = []
    while position < file.count {
      var words: [[UInt8]] = []
      for _ in 0..<(try number(after: "*")) {
        let count = try number(after: "$")
        guard position + count + 2 <= file.count else { throw ConformanceError("the append-only file is cut off") }
        words.append(Array(file[position..<position + count]))
        position += count + 2
      }
      commands.append(Command(words))
    }
    return commands
  }

  private static func agree(_ left: Command, _ right: Command) -> Bool {
    left.words.count == right.words.count
      && zip(left.words, right.words).allSatisfy { left, right in left == right || areTimesOfOneMinute(left, right) }
  }

  /// Whether both are Unix times in milliseconds, at most a minute apart.
  private static func areTimesOfOneMinute(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard let first = Int64(String(decoding: left, as: UTF8.self)),
      let second = Int64(String(decoding: right, as: UTF8.self))
    else { return false }
    return min(first, second) > 1_000_000_000_000 && first.distance(to: second).magnitude < 60_000
  }
}
