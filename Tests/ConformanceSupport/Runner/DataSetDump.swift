/// What a server holds: for every key of every database its type and the digest of its value.
struct DataSetDump: Equatable {
  /// By database and key in printable form.
  var entries: [String: String] = [:]

  /// Reads the keys of databases 0 to `databases - 1` through DEBUG DIGEST-VALUE.
  init(_ client: RESPClient, databases: Int = 1) throws(ConformanceError) {
    for database in 0..<databases {
      _ = try client.call(["SELECT", "\(database)"])
      for key in try client.call("KEYS *").value.elements ?? [] {
        guard case .bulk(let name) = key else { continue }
        let type = try client.call(Command([Array("TYPE".utf8), name])).value.text ?? "?"
        let digest = try client.call(Command([Array("DEBUG".utf8), Array("DIGEST-VALUE".utf8), name]))
        let expires = try client.call(Command([Array("TTL".utf8), name])).value.number ?? -1 >= 0
        let value = digest.value.elements?.first?.text ?? digest.description
        entries["\(database) \(printable(name))"] = "\(type) \(value)\(expires ? " with a time to live" : "")"
      }
    }
  }

  /// The keys that differ, as `database key: ours, theirs`.
  func differences(from other: DataSetDump) -> [(key: String, detail: String)] {
    Set(entries.keys).union(other.entries.keys).sorted().compactMap { key in
      let ours = entries[key]
      let theirs = other.entries[key]
      return ours == theirs ? nil : (key, "\(ours ?? "absent"), expected \(theirs ?? "absent")")
    }
  }
}
