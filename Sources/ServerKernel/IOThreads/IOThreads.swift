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
    var inputs = 0, outputs = 0
  }

  /// Jobs of output that a thread may have: one that it does, and the next. It may have one of input. What comes
  /// meanwhile waits, so that the busier the threads are, the more clients share the costs of handing over.
  private static let mostOutputs = 2
  /// So few clients are not divided among threads.
  private static let leastShare = 8

  let waker: CommandThreadWaker
  private let commands: CommandTable
  private var workers: [Worker] = []
  private var freeInputs: [InputJob] = []
  private var freeOutputs: [OutputJob] = []
  /// Jobs that were done and that nobody has seen to, and the index of the thread that did them.
  private var returnedInputs: [(job: InputJob, worker: Int)] = []
  private var returnedOutputs: [(job: OutputJob, worker: Int)] = []
  /// Jobs that threads have.
  private(set) var outstanding = 0
  /// What each thread has done.
  private(set) var figures: [IOThreadFigures] = []

  init(_ mailbox: Mailbox, _ commands: CommandTable) {
    waker = CommandThreadWaker(mailbox)
    self.commands = commands
  }

  /// How many there are beside the command thread.
  var helperCount: Int { workers.count }
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
    freeInputs.removeAll()
    freeOutputs.removeAll()
    for number in 1..<max(1, count.value) {
      workers.append(Worker(thread: try IOThread(number: number, waker)))
      // The system may have no thread for the next one: those that there are work on.
      if figures.count < workers.count { figures.append(IOThreadFigures()) }
    }
  }

  // MARK: Handing over

  /// Among how many clients to a job so many are divided.
  func share(of clients: Int, atMost capacity: Int) -> Int {
    let even = (clients + workers.count - 1) / max(1, workers.count)
    return min(capacity, max(Self.leastShare, even))
  }

  /// Whether a thread can be given clients to read.
  var canRead: Bool { workers.contains { $0.inputs == 0 } }
  /// Whether a thread can be given outputs to send.
  var canSend: Bool { workers.contains { $0.outputs < Self.mostOutputs } }

  /// A job to fill.
  func makeInputJob() -> InputJob { freeInputs.popLast() ?? InputJob(commands) }

  /// A job to fill.
  func makeOutputJob() -> OutputJob { freeOutputs.popLast() ?? OutputJob() }

  /// Hands a job to the thread that has the fewest; only while `canRead`.
  func give(_ job: InputJob) {
    let index = workers.indices.filter { workers[$0].inputs == 0 }.min { workers[$0].outputs < workers[$1].outputs }
    guard let index else { return assertionFailure("all threads read") }
    workers[index].inputs += 1
    outstanding += 1
    workers[index].thread.give(.input(job))
  }

  /// Hands a job to the thread that has the fewest; only while `canSend`.
  func give(_ job: OutputJob) {
    var least = 0
    for index in workers.indices where workers[index].outputs < workers[least].outputs { least = index }
    workers[least].outputs += 1
    outstanding += 1
    workers[least].thread.give(.output(job))
  }

  // MARK: Taking back

  /// Whether there is anything to be seen to, or that will come back.
  var mayHaveReturned: Bool { outstanding > 0 || !returnedInputs.isEmpty || !returnedOutputs.isEmpty }
  /// Whether jobs have come back.
  var haveReturned: Bool {
    !returnedInputs.isEmpty || !returnedOutputs.isEmpty || workers.contains { !$0.thread.done.isEmpty }
  }

  /// Takes what has come back, to be seen to later.
  func receive() {
    if outstanding == 0 { return }
    for index in workers.indices {
      while let job = workers[index].thread.done.take() {
        outstanding -= 1
        switch job {
        case .input(let job):
          workers[index].inputs -= 1
          returnedInputs.append((job, index))
        case .output(let job):
          workers[index].outputs -= 1
          returnedOutputs.append((job, index))
        case .stop: break
        }
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
  func nextInput() -> (job: InputJob, worker: Int)? { returnedInputs.isEmpty ? nil : returnedInputs.removeFirst() }

  /// The next job that came back, and the index of the thread that did it; nil when there is none.
  func nextOutput() -> (job: OutputJob, worker: Int)? { returnedOutputs.isEmpty ? nil : returnedOutputs.removeFirst() }

  /// A job was seen to, and is used again.
  func free(_ job: InputJob, by worker: Int) {
    figures[worker].reads += job.count
    job.removeAll()
    if exist { freeInputs.append(job) }
  }

  /// A job was seen to, and is used again.
  func free(_ job: OutputJob, by worker: Int) {
    figures[worker].writes += job.count
    job.removeAll()
    if exist { freeOutputs.append(job) }
  }

  /// CPU time of each thread, microseconds.
  var processorTimes: [Int] { workers.map { $0.thread.processorTime } }
}
