import Synchronization

/// Whether a thread sleeps, or is about to, until others have something for it: they need to wake it only then.
///
/// The thread raises the flag, looks whether there is anything after all, and sleeps. Others make what they have known,
/// and then look at the flag: of the two, one at least sees what the other did.
public final class WakeFlag: Sendable {
  private let isRaised = Atomic<Bool>(false)

  /// One that is not raised.
  public init() {}

  /// The thread is about to sleep. What it looks at now, others have done or will wake it for.
  public func raise() {
    isRaised.store(true, ordering: .relaxed)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
  }

  /// The thread does not sleep, or no more. False when someone has begun to wake it.
  @discardableResult
  public func lower() -> Bool { isRaised.exchange(false, ordering: .relaxed) }

  /// Whether the thread has to be woken, which is the caller's to do then, and nobody else's.
  public func mustWake() -> Bool {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return isRaised.load(ordering: .relaxed) && isRaised.exchange(false, ordering: .relaxed)
  }
}
