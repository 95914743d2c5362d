import Containers

/// The threads that read and write for the command thread, and what they have of it. All of it belongs to the command
/// thread.
final class IOThreads {
  /// How many threads there are, the command thread included.
  let count = Setting("io-threads", default: 1, range: 1...128)
  /// Whether they read, too.
  let doReads = Setting("io-threads-do-reads", default: true, flags: .immutable)
  /// Whether all there are have all work, however little that is; for tests.
  let alwaysActive = Setting("io-threads-always-active", default: false, flags: .hidden)

  private struct Worker {
    let thread: IOThread
    /// Jobs that it has.
    var jobs = 0
  }

  /// Jobs of each kind that there are for each thread: one that it does, and the next. What comes meanwhile waits, so
  /// that the busier the threads are, the more clients share the costs of handing over.
  private static let jobsPerThread = 2
  /// So few clients are not divided among threads.
  private static let leastShare = 8

  let waker: CommandThreadWaker
  private let commands: CommandTable
  private var workers: [Worker] = []
  private var freeInput: [InputJob] = []
  private var freeOutput: [OutputJob] = []
  private var inputJobs = 0, outputJobs = 0
  /// Jobs that were done and that nobody has seen to.
  private var returned: [(job: IOJob, worker: Int)] = []
  /// Jobs that threads have.
  private(set) var outstanding = 0
  /// What each thread has done.
  private(set) var figures: [IOThreadFigures] = []

  init(_ mailbox: Mailbox, _ commands: CommandTable) {
    waker = CommandThreadWaker(mailbox)
    self.commands = commands
  }

  /// Whether there are any.
  var exist: Bool { !workers.isEmpty }

  // MARK: How many

  func register(in configuration: Configuration) throws(ConfigurationRegistrationError) {
    let adjust: () throws(ConfigurationError) -> Void = { [unowned self] () throws(ConfigurationError) in
      do throws(SystemError) { try self.adjust() } catch {
        throw ConfigurationError("Unable to start an I/O thread: \(error.text)")
      }
    }
    try configuration.register([count.parameter(onChange: adjust), doReads.parameter, alwaysActive.parameter])
  }

  /// Has as many threads as are configured. What they had is done, and waits to be collected.
  func adjust() throws(SystemError) {
    if workers.count == count.value - 1 { return }
    awaitAll()
    for worker in workers { worker.thread.stop() }
    workers.removeAll()
    inputJobs -= freeInput.count
    freeInput.removeAll()
    outputJobs -= freeOutput.count
    freeOutput.removeAll()
    for number in 1..<max(1, count.value) { workers.append(Worker(thread: try IOThread(number: number, waker))) }
    while figures.count < workers.count { figures.append(IOThreadFigures()) }
  }

  // MARK: Handing over

  /// Among how many clients to a job so many are divided.
  func share(of clients: Int, atMost capacity: Int) -> Int {
    let even = (clients + workers.count - 1) / max(1, workers.count)
    return min(capacity, max(Self.leastShare, even))
  }

  /// A job to fill; nil when the threads have enough of them.
  func makeInputJob() -> InputJob? {
    if let job = freeInput.popLast() { return job }
    if inputJobs >= workers.count * Self.jobsPerThread { return nil }
    inputJobs += 1
    return InputJob(commands)
  }

  /// A job to fill; nil when the threads have enough of them.
  func makeOutputJob() -> OutputJob? {
    if let job = freeOutput.popLast() { return job }
    if outputJobs >= workers.count * Self.jobsPerThread { return nil }
    outputJobs += 1
    return OutputJob()
  }

  /// Hands a job to the thread that has the fewest: no more than there are for each.
  func give(_ job: IOJob) {
    var least = 0
    for index in workers.indices where workers[index].jobs < workers[least].jobs { least = index }
    workers[least].jobs += 1
    outstanding += 1
    workers[least].thread.give(job)
  }

  // MARK: Taking back

  /// Whether there is anything to be seen to, or that will come back.
  var mayHaveReturned: Bool { outstanding > 0 || !returned.isEmpty }
  /// Whether jobs have come back.
  var haveReturned: Bool { !returned.isEmpty || workers.contains { !$0.thread.done.isEmpty } }

  /// Takes what has come back, to be seen to later.
  func receive() {
    if outstanding == 0 { return }
    for index in workers.indices where workers[index].jobs > 0 {
      while let job = workers[index].thread.done.take() {
        workers[index].jobs -= 1
        outstanding -= 1
        returned.append((job, index))
      }
    }
  }

  /// Waits until all jobs have come back: reads and writes that wait for nothing.
  func awaitAll() {
    receive()
    while outstanding > 0 {
      Clock.yield()
      receive()
    }
  }

  /// The next job that came back, and the index of the thread that did it; nil when there is none.
  func nextReturned() -> (job: IOJob, worker: Int)? { returned.isEmpty ? nil : returned.removeFirst() }

  /// A job of input was seen to, and is used again.
  func free(_ job: InputJob, by worker: Int) {
    figures[worker].reads += job.clients.count
    job.removeAll()
    if inputJobs <= workers.count * Self.jobsPerThread { freeInput.append(job) } else { inputJobs -= 1 }
  }

  /// A job of output was seen to, and is used again.
  func free(_ job: OutputJob, by worker: Int) {
    figures[worker].writes += job.parts.count
    job.parts.removeAll()
    if outputJobs <= workers.count * Self.jobsPerThread { freeOutput.append(job) } else { outputJobs -= 1 }
  }

  /// CPU time of each thread, microseconds.
  var processorTimes: [Int] { workers.map { $0.thread.processorTime } }
}
