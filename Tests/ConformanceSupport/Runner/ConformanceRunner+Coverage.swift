extension ConformanceRunner {
  /// The commands and subcommands that the server has in these groups of COMMAND DOCS and that no case sends.
  ///
  /// Names are as the server gives them: `getex`, `config|get`. A container command counts by its subcommands.
  public func commandsWithoutCase(groups: Set<String>) throws(ConformanceError) -> [String] {
    let process = try ServerProcess(server)
    let reply = try process.connect(protocolVersion: 3).call("COMMAND DOCS")
    guard case .map(let documents) = reply.value else {
      throw ConformanceError("COMMAND DOCS is answered with \(printable(Array(reply.raw.prefix(200))))")
    }
    var sent: Set<String> = []
    for command in cases.flatMap(\.commands) {
      sent.insert(command.name)
      if let name = command.subcommandName { sent.insert(name) }
    }
    var missing: [String] = []
    for document in documents {
      let fields = ConformanceRunner.fields(document.value)
      guard let group = fields["group"]?.text, groups.contains(group), let name = document.key.text else { continue }
      if case .map(let subcommands) = fields["subcommands"] {
        missing += subcommands.compactMap(\.key.text).filter { !sent.contains($0) }
      } else if !sent.contains(name) {
        missing.append(name)
      }
    }
    guard !documents.isEmpty else { throw ConformanceError("COMMAND DOCS knows no command") }
    return missing.sorted()
  }

  private static func fields(_ value: RESPValue) -> [String: RESPValue] {
    guard case .map(let pairs) = value else { return [:] }
    return Dictionary(pairs.compactMap { pair in pair.key.text.map { ($0, pair.value) } }) { first, _ in first }
  }
}
