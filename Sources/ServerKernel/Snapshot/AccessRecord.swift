/// What is known of when, or how often, a key was accessed.
public enum KeyAccess: Equatable, Sendable {
  /// No policy asks for it.
  case unknown
  case idle(seconds: Int)
  /// The logarithmic counter, decayed.
  case frequency(UInt8)
}

/// How the access clocks of keys are to be read, as it was at one moment.
public struct AccessRecord: Sendable {
  private let policy: EvictionPolicy
  private let now: UInt32
  private let decayMinutes: Int

  init(policy: EvictionPolicy, now: UInt32, decayMinutes: Int) {
    self.policy = policy
    self.now = now
    self.decayMinutes = decayMinutes
  }

  /// What is known of a key, where the `maxmemory-policy` goes by it.
  public func access(of key: borrowing SnapshotKey) -> KeyAccess {
    if !policy.needsAccessClock { return .unknown }
    if policy.usesLFU {
      return .frequency(LFU.decayed(key.accessClock, minutes: now & 0xffff, decayMinutes: decayMinutes))
    }
    return .idle(seconds: Int((now &- key.accessClock) & 0xff_ffff))
  }
}

extension Server {
  /// How the access clocks of keys are to be read now.
  public var accessRecord: AccessRecord {
    AccessRecord(
      policy: memorySettings.policy.value, now: keyspace.value.accessClock,
      decayMinutes: memorySettings.lfuDecayTime.value)
  }
}
