import Containers

extension Configuration {
  /// `CONFIG GET`: the names that match any of `patterns` with their values, each name once.
  ///
  /// A pattern without `*`, `?` or `[` is a name, which is reported as asked for and also finds hidden parameters.
  public func get(matching patterns: [[UInt8]]) -> [(name: [UInt8], value: [UInt8])] {
    var found: [(name: [UInt8], value: [UInt8])] = []
    var seen: Set<String> = []
    for pattern in patterns {
      if pattern.contains(where: { [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")].contains($0) }) {
        for entry in entries where !entry.parameter.flags.contains(.hidden) {
          let name = Array(entry.name.utf8)
          guard globMatches(pattern, name), seen.insert(entry.name).inserted else { continue }
          found.append((name, entry.parameter.get()))
        }
      } else if let entry = entry(named: pattern), seen.insert(entry.name).inserted {
        found.append((pattern, entry.parameter.get()))
      }
    }
    return found
  }
}
