import ServerKernel

/// The list of files that together are the append-only file: Redis 7's manifest.
///
///     file appendonly.aof.2.base.aof seq 2 type b
///     file appendonly.aof.5.incr.aof seq 5 type i
///
/// One base (`b`), incremental files (`i`) in order, and history (`h`): files that are no longer needed and whose
/// deletion may not be done.
struct Manifest: Equatable {
  struct Entry: Equatable {
    enum Kind: String {
      case base = "b", history = "h", incremental = "i"
    }

    var name: String
    var sequence: Int
    var kind: Kind
  }

  var base: Entry?
  var history: [Entry] = []
  var incremental: [Entry] = []

  /// What is wrong with a manifest, as the log tells it.
  struct FormatError: Error {
    let reason: String
    let line: String?
    let number: Int
  }

  /// Bytes of a line, its end included.
  private static let longestLine = 1024

  init() {}

  init(parsing text: [UInt8]) throws(FormatError) {
    if text.isEmpty { throw FormatError(reason: "Found an empty AOF manifest", line: nil, number: 0) }
    var lines = text.split(separator: 10, omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if line.first == UInt8(ascii: "#") { continue }
      let shown = String(decoding: line, as: UTF8.self)
      guard line.count < Self.longestLine, text.last == 10 || number < lines.count else {
        throw FormatError(reason: "The AOF manifest file contains too long line", line: shown, number: number)
      }
      // More pairs than are known are allowed, for manifests of later versions.
      guard let words = splitArguments(Array(line)), words.count >= 6, words.count % 2 == 0 else {
        throw FormatError(reason: "Invalid AOF manifest file format", line: shown, number: number)
      }
      var name: String?
      var sequence: Int?
      var kind: Entry.Kind?
      for index in stride(from: 0, to: words.count, by: 2) {
        let value = String(decoding: words[index + 1], as: UTF8.self)
        switch String(decoding: words[index], as: UTF8.self).lowercased() {
        case "file":
          if value.contains("/") {
            throw FormatError(reason: "File can't be a path, just a filename", line: shown, number: number)
          }
          name = value
        case "seq": sequence = Int(value)
        case "type":
          kind = Entry.Kind(rawValue: String(value.prefix(1)))
          if kind == nil && !value.isEmpty {
            throw FormatError(reason: "Unknown AOF file type", line: shown, number: number)
          }
        default: break
        }
      }
      guard let name, let sequence, sequence > 0, let kind else {
        throw FormatError(reason: "Invalid AOF manifest file format", line: shown, number: number)
      }
      try add(Entry(name: name, sequence: sequence, kind: kind), shown, number)
    }
  }

  private mutating func add(_ entry: Entry, _ line: String, _ number: Int) throws(FormatError) {
    switch entry.kind {
    case .base:
      if base != nil { throw FormatError(reason: "Found duplicate base file information", line: line, number: number) }
      base = entry
    case .history: history.append(entry)
    case .incremental:
      if let last = incremental.last, entry.sequence <= last.sequence {
        throw FormatError(reason: "Found a non-monotonic sequence number", line: line, number: number)
      }
      incremental.append(entry)
    }
  }

  /// The manifest as it stands in its file.
  var text: String {
    ((base.map { [$0] } ?? []) + history + incremental).map { entry in
      "file \(Self.quoted(entry.name)) seq \(entry.sequence) type \(entry.kind.rawValue)\n"
    }.joined()
  }

  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\")
    }
    return isPlain ? name : String(decoding: quotedArgument(Array(name.utf8)), as: UTF8.self)
  }

  /// Whether the data set is in a file of this name, among others.
  func needs(_ name: String) -> Bool { base?.name == name || incremental.contains { $0.name == name } }

  /// The manifest after a rewrite: a new base, and of the incremental files those from `kept` on, or none.
  func rewritten(base newBase: Entry, keepingFrom kept: Int?) -> Manifest {
    var manifest = self
    manifest.incremental = incremental.filter { entry in kept.map { entry.sequence >= $0 } ?? false }
    let old = (base.map { [$0] } ?? []) + incremental.dropLast(manifest.incremental.count)
    manifest.history += old.map { Entry(name: $0.name, sequence: $0.sequence, kind: .history) }
    manifest.base = newBase
    return manifest
  }
}
