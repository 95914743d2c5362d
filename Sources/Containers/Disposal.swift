import Synchronization

/// The helper thread that gives large memory back, so that no command waits for it.
public enum Disposal {
  /// The thread that frees.
  public static let thread = HelperThread()

  private static let pending = Atomic<Int>(0)
  private static let pendingSize = Atomic<Int>(0)
  private static let freed = Atomic<Int>(0)

  /// Bytes that may wait for the thread. Whoever unlinks faster than it frees frees the rest himself: otherwise memory
  /// would grow for as long as he goes on.
  static let backlogBytes = 64 << 20

  /// Objects, in the caller's sense, that wait to be freed.
  public static var pendingObjects: Int { pending.load(ordering: .relaxed) }

  /// About how many bytes wait to be freed.
  public static var pendingBytes: Int { pendingSize.load(ordering: .relaxed) }

  /// Objects that were freed since the process started.
  public static var freedObjects: Int { freed.load(ordering: .relaxed) }

  /// Runs `job`, which frees `objects` objects of about `bytes` bytes that it owns, on the disposal thread; or at once,
  /// when too much waits for that already.
  public static func free(_ objects: Int, bytes: Int, _ job: @escaping @Sendable () -> Void) {
    if pendingBytes > backlogBytes {
      job()
      freed.add(objects, ordering: .relaxed)
      return
    }
    pending.add(objects, ordering: .relaxed)
    pendingSize.add(bytes, ordering: .relaxed)
    thread.run {
      job()
      pending.subtract(objects, ordering: .relaxed)
      pendingSize.subtract(bytes, ordering: .relaxed)
      freed.add(objects, ordering: .relaxed)
    }
  }

  /// Ends a value that is `objects` objects of about `bytes` bytes, as `free` runs a job.
  public static func end<Value: ~Copyable>(_ value: consuming Value, _ objects: Int, bytes: Int) {
    free(objects, bytes: bytes, Remains(value).end)
  }

  /// Carries a value to the thread.
  private final class Remains<Value: ~Copyable>: @unchecked Sendable {
    private var value: Value?

    init(_ value: consuming Value) { self.value = consume value }

    func end() { value = nil }
  }
}
