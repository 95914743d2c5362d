/// Why commands of a client, or of all clients, take the slow way through the checks. Empty is the fast path.
///
/// A check that a module registers gets a bit of its own (`Registry.add(_: any AdmissionCheck.Type)`); whoever owns it
/// raises it on the server or on clients, and while it is down the check costs nothing.
public struct Gate: OptionSet, Sendable {
  /// The bits: the kernel's below 32, those of registered checks above.
  public let rawValue: UInt64
  /// The set of the given bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  // Of a client:
  /// It has not authenticated, and has to.
  static let unauthenticated = Gate(rawValue: 1 << 0)
  /// It is inside MULTI.
  static let inTransaction = Gate(rawValue: 1 << 1)
  /// It speaks RESP2 and is subscribed, so only pub/sub commands are allowed.
  static let subscribed = Gate(rawValue: 1 << 2)
  /// CLIENT REPLY OFF or SKIP.
  static let muted = Gate(rawValue: 1 << 3)
  /// It waits in a blocking command; its requests wait too.
  static let blocked = Gate(rawValue: 1 << 4)
  /// It is closed as soon as its output is sent, or at once.
  static let closing = Gate(rawValue: 1 << 5)
  /// CLIENT NO-TOUCH.
  static let noTouch = Gate(rawValue: 1 << 6)
  /// It watches all commands (MONITOR), as a kind of replica: the data set is none of its business.
  static let monitoring = Gate(rawValue: 1 << 7)
  /// It is sent more than replies.
  static let hasSource = Gate(rawValue: 1 << 8)
  /// Its commands are carried out whatever holds for others, and not replied to: a `CommandSource`.
  static let obeyed = Gate(rawValue: 1 << 9)
  /// It follows this server: it is sent a stream, which no reply may stand amid.
  static let following = Gate(rawValue: 1 << 10)
  /// What it is replied is looked at before it is sent: `muted` or `following`.
  static let repliesWithheld = Gate(rawValue: 1 << 3 | 1 << 10)

  // Of the server:
  /// The data set is loading.
  static let loading = Gate(rawValue: 1 << 16)
  /// CLIENT PAUSE.
  static let paused = Gate(rawValue: 1 << 17)
  /// Some client watches all commands (MONITOR).
  static let monitored = Gate(rawValue: 1 << 18)
  /// Writes are refused: the disk fails.
  static let writesRefused = Gate(rawValue: 1 << 19)
  /// A data set is being loaded beside the present one.
  static let loadingBeside = Gate(rawValue: 1 << 21)
  /// `maxmemory` is set.
  static let memoryLimited = Gate(rawValue: 1 << 20)

  /// The bits for registered checks.
  static let registered = 32..<64
}

extension Server {
  /// Raises or lowers a gate for all clients.
  public func setGate(_ gate: Gate, _ isUp: Bool) {
    if isUp { state.value.gate.insert(gate) } else { state.value.gate.remove(gate) }
  }
}

extension Client {
  /// Raises or lowers a gate for this client.
  public func setGate(_ gate: Gate, _ isUp: Bool) {
    if isUp { place.value.gate.insert(gate) } else { place.value.gate.remove(gate) }
  }
}
