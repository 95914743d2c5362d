extension ConformanceRunner {
  /// What came of the persistence check.
  public enum PersistenceResult: Sendable {
    /// The server has no append-only file, and why that is known.
    case unavailable(String)
    /// All cases were checked; empty when every data set survived.
    case checked([Difference])
  }

  /// Whether the data sets that the cases leave behind survive a crash, and a rewrite and another crash.
  ///
  /// Every case runs in a database of its own on one server with an append-only file.
  public func persistenceDifferences() throws(ConformanceError) -> PersistenceResult {
    let tests = cases.filter(\.isPersistent)
    let process: ServerProcess
    do throws(ConformanceError) {
      // What was answered must be on disk: under `everysec` writes wait for a slow sync, as Redis' do.
      process = try ServerProcess(
        server,
        arguments: ["--appendonly", "yes", "--appendfsync", "always", "--databases", "\(tests.count + 1)"])
    } catch {
      return .unavailable("the server does not start with appendonly yes: \(error)")
    }
    var client = try process.connect()
    let isOn = try client.call("CONFIG GET appendonly")
    guard isOn.value.elements?.last?.text == "yes" else { return .unavailable("CONFIG GET appendonly replied \(isOn)") }

    for (database, test) in tests.enumerated() {
      let client = try process.connect()
      for command in [["SELECT", "\(database)"]] + test.setup + test.commands { _ = try client.call(command) }
    }
    let before = try DataSetDump(client, databases: tests.count)
    var differences: [Difference] = []
    func compare(_ client: RESPClient, _ occasion: String) throws(ConformanceError) {
      for (key, detail) in try DataSetDump(client, databases: tests.count).differences(from: before) {
        let parts = key.split(separator: " ", maxSplits: 1)
        let name = tests[Int(parts[0]) ?? 0].name
        differences.append(Difference(caseName: name, detail: "\(occasion) the key \(parts.last ?? "") is \(detail)"))
      }
    }
    process.killNow()
    try process.start()
    client = try process.connect()
    try compare(client, "after a restart")
    try ConformanceRunner.rewrite(client)
    process.killNow()
    try process.start()
    client = try process.connect()
    try compare(client, "after a rewrite and a restart")
    return .checked(differences)
  }

  /// Rewrites the append-only file and waits until that is done.
  private static func rewrite(_ client: RESPClient) throws(ConformanceError) {
    let reply = try client.call("BGREWRITEAOF")
    if reply.value.isError { throw ConformanceError("BGREWRITEAOF is answered with \(reply)") }
    try awaitRewrite(client)
  }

  /// Waits until no rewrite runs; throws when the last one failed.
  static func awaitRewrite(_ client: RESPClient) throws(ConformanceError) {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let info = try client.call("INFO persistence").value.text ?? ""
      let isDone = info.contains("aof_rewrite_in_progress:0") && info.contains("aof_rewrite_scheduled:0")
      if isDone, info.contains("aof_last_bgrewrite_status:ok") { return }
      if isDone { throw ConformanceError("the rewrite failed:\n\(info)") }
      pause(.milliseconds(20))
    }
    throw ConformanceError("the rewrite does not end")
  }
}
