// Unsafe: C takes the thread's name as an address.

import CLinux
import Containers

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
  private var thread: SystemThread?

  /// Starts the thread.
  init(number: Int, _ commandThread: CommandThreadWaker) throws(SystemError) {
    self.number = number
    self.commandThread = commandThread
    do throws(SystemThread.StartError) {
      thread = try SystemThread { self.work() }
    } catch {
      throw SystemError(code: error.code)
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
    thread?.join()
  }

  /// The CPU time that the thread has taken, microseconds.
  var processorTime: Int { thread?.processorTime ?? 0 }

  private func work() {
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
