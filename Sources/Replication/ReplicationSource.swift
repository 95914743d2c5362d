import Containers
import ServerKernel

/// The primary to replicate, if any: the value of `replicaof`.
struct ReplicationSource: StructuredValue {
  /// A name or an address, nil for no primary.
  var host: [UInt8]?
  /// Its TCP port.
  var port = 0

  /// As `StructuredValue` describes.
  static func parse(
    _ words: [[UInt8]], previous: ReplicationSource, source: ConfigurationSource
  ) throws(ConfigurationError) -> ReplicationSource {
    guard words.count == 2 else { throw .wrongNumberOfArguments }
    var new = ReplicationSource()
    let host = words[0], suffix = words[1]
    if host.bytes.equalsIgnoringCase("no") && suffix.bytes.equalsIgnoringCase("one") { return new }
    guard let port = NumberParsing.lenient(suffix), 0...65535 ~= port else {
      throw ConfigurationError("Invalid master port")
    }
    new.host = host
    new.port = port
    return new
  }

  /// Whether it is the same server by name; upper and lower case are alike.
  func isSame(as other: ReplicationSource) -> Bool {
    let name = host?.map(asciiLowercase), otherName = other.host?.map(asciiLowercase)
    return name == otherName && port == other.port
  }

  /// Its address for the log.
  var name: String { "\(String(decoding: host ?? [], as: UTF8.self)):\(port)" }

  /// As `CONFIG GET` shows it.
  var text: [UInt8] { host.map { $0 + Array(" \(port)".utf8) } ?? [] }

  /// As `CONFIG REWRITE` writes it.
  func lines(default defaultValue: ReplicationSource) -> [ConfigurationLine] {
    host == nil ? [] : [ConfigurationLine(text, isForced: true)]
  }
}

extension ReplicationSource {
  /// The server at a name or an address.
  init(host: String, port: Int) { self.init(host: Array(host.utf8), port: port) }
}
