import CLinux
import Glibc
import Synchronization

/// A thread that runs jobs one after another, for what the command thread must not wait for. It lives as long as the
/// process.
///
/// A server starts its threads before it serves, when nothing is lost by it that the system has none to give; elsewhere
/// the first job does.
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

  /// Starts the thread, unless it runs.
  public func start() throws(SystemThread.StartError) {
    let started = queue.withLock { queue -> Result<Void, SystemThread.StartError> in
      if queue.isStarted { return .success(()) }
      do throws(SystemThread.StartError) { _ = try SystemThread { self.work() } } catch { return .failure(error) }
      queue.isStarted = true
      return .success(())
    }
    try started.get()
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

  private func work() -> Never {
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
