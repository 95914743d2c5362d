/// What goes when memory is full: the values of `maxmemory-policy`.
public enum EvictionPolicy: Int, SettingChoice {
  case volatileLRU, volatileLFU, volatileRandom, volatileTTL, allKeysLRU, allKeysLFU, allKeysRandom, noEviction

  /// The policy as `maxmemory-policy` names it.
  public var name: String {
    switch self {
    case .volatileLRU: "volatile-lru"
    case .volatileLFU: "volatile-lfu"
    case .volatileRandom: "volatile-random"
    case .volatileTTL: "volatile-ttl"
    case .allKeysLRU: "allkeys-lru"
    case .allKeysLFU: "allkeys-lfu"
    case .allKeysRandom: "allkeys-random"
    case .noEviction: "noeviction"
    }
  }

  /// Of more keys than this the best is no better choice, and looking at them takes longer than evicting it.
  static let samplesMax = 1000

  /// Whether only keys with a time to live are evicted.
  var onlyExpiring: Bool {
    switch self {
    case .volatileLRU, .volatileLFU, .volatileRandom, .volatileTTL: true
    case .allKeysLRU, .allKeysLFU, .allKeysRandom, .noEviction: false
    }
  }

  var usesLFU: Bool { self == .volatileLFU || self == .allKeysLFU }

  /// Whether the choice goes by when, or how often, each key was accessed.
  public var needsAccessClock: Bool { usesLFU || self == .volatileLRU || self == .allKeysLRU }
}
