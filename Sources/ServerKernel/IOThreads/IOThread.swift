// Unsafe: POSIX threads.

import CLinux
import Containers
import Glibc
import Synchronization

/// A thread that reads and parses what clients send, and sends what they get. It sleeps while it has nothing to do.
@safe
final class IOThread: @unchecked Sendable {
  /// Jobs that it may have at a time.
  static let mostJobs = 16

  /// For the command thread: what was done.
  let done = HandoverQueue<IOJob>(capacity: mostJobs)
  private let jobs = HandoverQueue<IOJob>(capacity: mostJobs)
  private let sleep = WakeFlag()
  private let semaphore = Semaphore()
  private let commandThread: CommandThreadWaker
  private let number: Int
  private var thread = pthread_t()

  /// Starts the thread.
  init(number: Int, _ commandThread: CommandThreadWaker) throws(SystemError) {
    self.number = number
    self.commandThread = commandThread
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<IOThread>.fromOpaque(argument).takeRetainedValue().work()
      return nil
    }
    let argument = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(&thread, nil, body, argument.toOpaque())
    if code != 0 {
      unsafe argument.release()
      throw SystemError(code: code)
    }
  }

  /// Hands a job over: one of at most `mostJobs` that have not come back.
  func give(_ job: IOJob) {
    let isGiven = jobs.add(job)
    precondition(isGiven, "an I/O thread has too many jobs")
    if sleep.mustWake() { semaphore.post() }
  }

  /// Has the thread end, which has nothing else to do, and waits until it has.
  func stop() {
    give(.stop)
    pthread_join(thread, nil)
  }

  /// The CPU time that the thread has taken, microseconds.
  var processorTime: Int {
    var clock = clockid_t()
    var time = timespec()
    guard unsafe pthread_getcpuclockid(thread, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else { return 0 }
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  private func work() {
    // Signals are the command thread's business.
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    unsafe clinux_name_thread("io_thd_\(number)")
    while true {
      guard let job = jobs.take() else {
        waitForJob()
        continue
      }
      var isSent = false
      switch job {
      case .input(let job): job.run(unixSeconds: Clock.unixMicroseconds() / 1_000_000)
      case .output(let job): isSent = job.run()
      case .stop: return
      }
      // There is room: it was given no more than that. From here on the job is not this thread's.
      _ = done.add(job)
      if isSent { commandThread.didSend() } else { commandThread.wakeIfAsleep() }
    }
  }

  private func waitForJob() {
    sleep.raise()
    // Where the flag is down already, a post has come, or comes.
    if !jobs.isEmpty && sleep.lower() { return }
    semaphore.wait()
  }
}
