import Containers

/// How much unsent output a client may pile up before it is disconnected, for each class of clients:
/// the value of `client-output-buffer-limit`.
public struct ClientOutputBufferLimits: StructuredValue {
  /// The limits of one class. Zero means none.
  public struct Limit: Equatable, Sendable {
    /// Disconnected at once past this many bytes.
    public var hardBytes: Int
    /// Disconnected past this many bytes for `softSeconds` without a pause.
    public var softBytes: Int
    /// How long a client may stay past `softBytes`.
    public var softSeconds: Int

    /// A value of the given parts.
    public init(hardBytes: Int, softBytes: Int, softSeconds: Int) {
      self.hardBytes = hardBytes
      self.softBytes = softBytes
      self.softSeconds = softSeconds
    }
  }

  /// Clients that are neither replicas nor subscribers.
  public var normal = Limit(hardBytes: 0, softBytes: 0, softSeconds: 0)
  /// Replicas.
  public var replica = Limit(hardBytes: 256 << 20, softBytes: 64 << 20, softSeconds: 60)
  /// Clients with subscriptions.
  public var pubsub = Limit(hardBytes: 32 << 20, softBytes: 8 << 20, softSeconds: 60)

  /// Redis' defaults.
  public init() {}

  /// Groups of class, hard limit, soft limit and seconds; classes not named keep their limits.
  public static func parse(
    _ words: [[UInt8]], previous: ClientOutputBufferLimits, source: ConfigurationSource
  ) throws(ConfigurationError) -> ClientOutputBufferLimits {
    guard words.count % 4 == 0 else {
      throw ConfigurationError("Wrong number of arguments in buffer limit configuration.")
    }
    var limits = previous
    for index in stride(from: 0, to: words.count, by: 4) {
      guard let path = limit(ofClass: words[index]) else {
        throw ConfigurationError("Invalid client class specified in buffer limit configuration.")
      }
      guard let hard = MemorySize.parse(words[index + 1]), let soft = MemorySize.parse(words[index + 2]),
        let seconds = NumberParsing.lenient(words[index + 3]), seconds >= 0
      else {
        throw ConfigurationError("Error in hard, soft or soft_seconds setting in buffer limit configuration.")
      }
      limits[keyPath: path] = Limit(
        hardBytes: Int(clamping: hard), softBytes: Int(clamping: soft), softSeconds: seconds)
    }
    return limits
  }

  /// As `CONFIG GET` shows it.
  public var text: [UInt8] {
    let classes = [("normal", normal), ("slave", replica), ("pubsub", pubsub)]
    return Array(
      classes.map { "\($0) \($1.hardBytes) \($1.softBytes) \($1.softSeconds)" }.joined(separator: " ").utf8)
  }

  /// One line for each class.
  public func lines(default defaultValue: ClientOutputBufferLimits) -> [ConfigurationLine] {
    [
      ("normal", normal, defaultValue.normal), ("replica", replica, defaultValue.replica),
      ("pubsub", pubsub, defaultValue.pubsub),
    ].map { name, limit, standard in
      let hard = MemorySize.format(limit.hardBytes), soft = MemorySize.format(limit.softBytes)
      return ConfigurationLine(Array("\(name) \(hard) \(soft) \(limit.softSeconds)".utf8), isForced: limit != standard)
    }
  }

  private static func limit(ofClass name: [UInt8]) -> WritableKeyPath<ClientOutputBufferLimits, Limit>? {
    switch name.bytes.string.lowercased() {
    case "normal": \.normal
    case "slave", "replica": \.replica
    case "pubsub": \.pubsub
    default: nil
    }
  }
}
