// Unsafe: POSIX threads; a thread's state lives for ever.

import CLinux
import Glibc
import Synchronization

/// A thread that runs jobs one after another, for what the command thread must not wait for. It lives as long as the
/// process.
///
/// A server starts its threads before it serves, when nothing is lost by it that the system has none to give; elsewhere
/// the first job does.
@safe
public final class HelperThread: Sendable {
  private struct Queue: Sendable {
    var jobs: [@Sendable () -> Void] = []
    var isStarted = false
  }

  private let queue = Mutex(Queue())
  private let pending = Atomic<Int>(0)
  private let semaphore = Semaphore()
  private let givesWay: Bool

  /// One that gives way leaves a core that they share to the command thread, which then does without its help.
  public init(givesWay: Bool = false) { self.givesWay = givesWay }

  /// The system has no thread to give.
  public struct StartError: Error {
    /// The value of errno.
    public let code: Int32
  }

  /// Starts the thread, unless it runs.
  public func start() throws(StartError) {
    let code = queue.withLock { queue -> Int32 in
      if queue.isStarted { return 0 }
      let code = makeThread()
      queue.isStarted = code == 0
      return code
    }
    if code != 0 { throw StartError(code: code) }
  }

  /// Jobs handed over and not yet finished.
  public var pendingJobs: Int { pending.load(ordering: .acquiring) }

  /// Runs `job` on the thread, after those handed over before.
  public func run(_ job: @escaping @Sendable () -> Void) {
    pending.add(1, ordering: .acquiringAndReleasing)
    queue.withLock { $0.jobs.append(job) }
    do {
      try start()
    } catch {
      fatalError("cannot create a helper thread")
    }
    semaphore.post()
  }

  /// Waits until all jobs are done.
  public func drain() {
    while pendingJobs > 0 { usleep(200) }
  }

  /// Makes the thread; returns 0 or an error number.
  private func makeThread() -> Int32 {
    var thread = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<HelperThread>.fromOpaque(argument).takeRetainedValue().work()
    }
    let argument = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(&thread, nil, body, argument.toOpaque())
    if code != 0 { unsafe argument.release() }
    return code
  }

  private func work() -> Never {
    // Signals are the command thread's business.
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    if givesWay { clinux_give_way() }
    while true {
      semaphore.wait()
      for job in takeJobs() {
        job()
        pending.subtract(1, ordering: .acquiringAndReleasing)
      }
    }
  }

  /// All jobs at once: taking them one by one from the front would move the others each time. The posts of those
  /// behind the first one then find nothing to do.
  private func takeJobs() -> [@Sendable () -> Void] {
    queue.withLock { queue in
      defer { queue.jobs = [] }
      return queue.jobs
    }
  }
}
