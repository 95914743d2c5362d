// The helper thread that gives large memory back, so that no command waits for it.
// Unsafe: it owns what it is handed as addresses.

import Glibc
import Synchronization

/// Work for the disposal thread: closures that own what they free.
public enum Disposal {
  private struct Queue: Sendable {
    var jobs: [@Sendable () -> Void] = []
    var isStarted = false
    var pending = 0
  }

  private static let queue = Mutex(Queue())
  private static let wake = Wake()

  /// A POSIX semaphore, which lives for ever.
  @safe
  private struct Wake: @unchecked Sendable {
    let semaphore: UnsafeMutablePointer<sem_t>
    init() {
      unsafe semaphore = .allocate(capacity: 1)
      unsafe sem_init(semaphore, 0, 0)
    }
    func post() { unsafe sem_post(semaphore) }
    func wait() { while unsafe sem_wait(semaphore) != 0 {} }
  }

  /// Jobs handed over and not yet finished.
  public static var pendingJobs: Int { queue.withLock { $0.pending } }

  /// Runs `job` on the disposal thread, after those handed over before.
  public static func run(_ job: @escaping @Sendable () -> Void) {
    let mustStart = queue.withLock { queue in
      queue.jobs.append(job)
      queue.pending += 1
      defer { queue.isStarted = true }
      return !queue.isStarted
    }
    if mustStart { start() }
    wake.post()
  }

  private static func start() {
    var thread = pthread_t()
    let status = unsafe pthread_create(&thread, nil, { _ in Disposal.work() }, nil)
    precondition(status == 0, "cannot create the disposal thread")
  }

  private static func work() -> Never {
    // Signals are the command thread's business.
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    while true {
      wake.wait()
      next()?()
      queue.withLock { $0.pending -= 1 }
    }
  }

  private static func next() -> (@Sendable () -> Void)? {
    queue.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
  }

  /// Unmaps memory, off the calling thread when it is large enough to be noticed.
  @unsafe
  static func unmap(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    if bytes <= 1 << 20 {
      unsafe munmap(memory, bytes)
    } else {
      let address = UInt(bitPattern: memory)
      run { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), bytes) }
    }
  }
}
