/// The replies of the real server to the cases of one module, kept as text beside the module's tests.
///
/// ```
/// ## SET replies with the status OK
/// > SET key value
/// < +OK\r\n
/// > GET absent
/// 2 $-1\r\n
/// 3 _\r\n
/// ```
///
/// `<` is the reply in both protocols, `2` and `3` are the replies where those differ.
struct Transcript: Sendable {
  /// The replies to one command, by protocol version.
  struct Entry: Sendable {
    var command: String
    var replies: [Int: [UInt8]]
  }

  private(set) var entries: [String: [Entry]] = [:]
  private var order: [String] = []

  init() {}

  /// Reads a transcript.
  init(_ text: String) throws(ConformanceError) {
    var name = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let rest = line.dropFirst(2)
      if line.isEmpty || line.hasPrefix("# ") { continue }
      if line.hasPrefix("## ") {
        name = String(line.dropFirst(3))
        add(name, [])
      } else if line.hasPrefix("> ") {
        entries[name, default: []].append(Entry(command: String(rest), replies: [:]))
      } else if let bytes = bytes(fromPrintable: rest), let versions = Transcript.versions[String(line.prefix(2))],
        let last = entries[name]?.indices.last
      {
        for version in versions { entries[name]![last].replies[version] = bytes }
      } else {
        throw ConformanceError("line \(index + 1) of the transcript is malformed: \(line)")
      }
    }
  }

  private static let versions = ["< ": [2, 3], "2 ": [2], "3 ": [3]]

  /// Adds a case at the end.
  mutating func add(_ name: String, _ replies: [Entry]) {
    order.append(name)
    entries[name] = replies
  }

  /// The transcript as `init(_:)` reads it.
  var text: String {
    var text = "# Replies of redis-server, recorded by running the tests with RECORD_TRANSCRIPTS=1.\n"
    for name in order {
      text += "\n## \(name)\n"
      for entry in entries[name]! {
        text += "> \(entry.command)\n"
        if entry.replies[2] == entry.replies[3] {
          text += "< \(printable(entry.replies[2]!))\n"
        } else {
          for version in [2, 3] { text += "\(version) \(printable(entry.replies[version]!))\n" }
        }
      }
    }
    return text
  }
}
