import Synchronization

/// The helper thread that gives large memory back, so that no command waits for it.
public enum Disposal {
  /// The thread that frees.
  public static let thread = HelperThread()

  private static let pending = Atomic<Int>(0)
  private static let freed = Atomic<Int>(0)

  /// Objects, in the caller's sense, that wait to be freed.
  public static var pendingObjects: Int { pending.load(ordering: .relaxed) }

  /// Objects that were freed since the process started.
  public static var freedObjects: Int { freed.load(ordering: .relaxed) }

  /// Runs `job`, which frees `objects` objects that it owns, on the disposal thread.
  public static func free(_ objects: Int, _ job: @escaping @Sendable () -> Void) {
    pending.add(objects, ordering: .relaxed)
    thread.run {
      job()
      pending.subtract(objects, ordering: .relaxed)
      freed.add(objects, ordering: .relaxed)
    }
  }
}
