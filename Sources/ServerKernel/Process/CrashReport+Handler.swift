// Unsafe here: signal handlers get and pass addresses from and to the C library. Until the sections are reached, the
// handler neither allocates nor locks, since the crash may have happened within malloc.
import CLinux
import Glibc
import Synchronization

extension CrashReport {
  /// The signals that mean a bug. SIGTRAP is how Swift's own checks end a process on ARM, SIGILL on x86.
  private static let signals = [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP]

  /// Seconds after which a report that does not come to its end is given up.
  private static let timeoutSeconds: UInt32 = 10

  private static let alternateStackBytes = 256 << 10
  /// The thread that makes the report.
  private static let reporter = Atomic<UInt>(0)
  private static let alternateStackAddress = Atomic<UInt>(0)

  /// Takes over the signals of a crash, or gives them back, as `crash-log-enabled` says. The calling thread gets a
  /// stack of its own for the handler, so that a stack overflow is reported as well.
  public static func installIfEnabled() {
    prepare()
    var action = sigaction()
    unsafe sigemptyset(&action.sa_mask)
    if isEnabled.value {
      action.sa_flags = SA_NODEFER | Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_SIGINFO | SA_ONSTACK
      unsafe action.__sigaction_handler.sa_sigaction = { signal, info, context in
        unsafe CrashReport.report(signal, info, context)
      }
    } else {
      unsafe action.__sigaction_handler.sa_handler = SIG_DFL
    }
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in signals {
      unsafe sigaction(signal, &action, nil)
      unsafe sigaddset(&mask, signal)
    }
    // Whoever started the process may have blocked them, and a blocked crash goes unreported.
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// Does beforehand what would allocate memory or initialise variables within the handler.
  private static func prepare() {
    _ = (commandName.load(ordering: .relaxed), reporter.load(ordering: .relaxed), LogDestination.isStandardOutput)
    _ = (Daemon.isRequested.value, Supervision.isActive, timeoutSeconds)
    var frame: UnsafeMutableRawPointer?
    unsafe backtrace(&frame, 1)
    ProgramSymbols.prepare()
    guard alternateStackAddress.load(ordering: .relaxed) == 0 else { return }
    let memory = unsafe mmap(
      nil, alternateStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard unsafe memory != MAP_FAILED else { return }
    alternateStackAddress.store(UInt(bitPattern: memory), ordering: .relaxed)
    var stack = unsafe stack_t(ss_sp: memory, ss_flags: 0, ss_size: alternateStackBytes)
    unsafe sigaltstack(&stack, nil)
  }

  private static func report(
    _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
  ) {
    let (isFirst, reporter) = reporter.compareExchange(
      expected: 0, desired: UInt(pthread_self()), ordering: .acquiringAndReleasing)
    if !isFirst {
      // The report itself has crashed, or another thread has: that one waits for the end.
      if reporter == UInt(pthread_self()) { return end(by: signal) }
      while true { pause() }
    }
    Glibc.signal(SIGALRM, SIG_DFL)
    alarm(timeoutSeconds)
    LogDestination.withFile { file in
      unsafe reportCause(signal, info?.pointee, to: file)
      let instruction = unsafe context.map { unsafe interruptedInstruction($0) } ?? 0
      if instruction != 0 {
        var text = SignalSafeText(prefixed: ())
        text.append("Crashed running the instruction at: ")
        text.append(address: instruction)
        text.writeLine(to: file)
      }
      reportStack(instruction, to: file)
      reportCommand(to: file)
    }
    reportSections()
    LogDestination.withFile { file in
      var text = SignalSafeText()
      text.append("\n=== REDIS BUG REPORT END. Make sure to include from START to END. ===\n\n")
      text.append("       Please report the crash to the developers of goredis with the text above.\n\n")
      text.write(to: file)
    }
    if Daemon.isRequested.value && !Supervision.isActive, let path = PidFile.path.value { FileSystem.remove(path) }
    end(by: signal)
  }

  /// Ends the process as `signal` does where it is not handled, with a core dump where these are on.
  private static func end(by signal: Int32) {
    Glibc.signal(signal, SIG_DFL)
    // To this thread: another one might take a signal to the process when this one has gone on already.
    raise(signal)
  }

  private static func reportCause(_ signal: Int32, _ info: siginfo_t?, to file: Int32) {
    var start = SignalSafeText()
    start.append("\n\n=== REDIS BUG REPORT START: Cut & paste starting from here ===\n")
    start.write(to: file)
    var text = SignalSafeText(prefixed: ())
    text.append("Redis 7.0.15 crashed by signal: ")
    text.append(decimal: Int(signal))
    guard let info = unsafe info else { return text.writeLine(to: file) }
    text.append(", si_code: ")
    text.append(decimal: Int(unsafe info.si_code))
    text.writeLine(to: file)
    var detail = SignalSafeText(prefixed: ())
    if unsafe info.si_code == SI_USER {
      detail.append("Killed by PID: ")
      detail.append(decimal: Int(unsafe info._sifields._kill.si_pid))
      detail.append(", UID: ")
      detail.append(decimal: Int(unsafe info._sifields._kill.si_uid))
      detail.writeLine(to: file)
    } else if signal == SIGSEGV || signal == SIGBUS {
      detail.append("Accessing address: ")
      detail.append(address: UInt(bitPattern: unsafe info._sifields._sigfault.si_addr))
      detail.writeLine(to: file)
    }
  }

  static func reportStack(_ instruction: UInt, to file: Int32) {
    var heading = SignalSafeText()
    heading.append("\n------ STACK TRACE ------\nEIP:\n")
    heading.write(to: file)
    reportFrame(instruction, of: instruction, to: file)
    var trace = SignalSafeText()
    trace.append("\nBacktrace:\n")
    trace.write(to: file)
    unsafe withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: 100) { frames in
      guard let start = frames.baseAddress else { return }
      let count = unsafe backtrace(start, Int32(frames.count))
      for index in 0..<Int(count) {
        let address = UInt(bitPattern: unsafe frames[index])
        // A return address may be that of the next function, when the call was the last thing in its own.
        reportFrame(address, of: address &- 1, to: file)
      }
    }
  }

  /// A line for one address, with the function that `instruction` belongs to.
  private static func reportFrame(_ address: UInt, of instruction: UInt, to file: Int32) {
    guard let symbol = unsafe ProgramSymbols.find(instruction) else {
      var frame = unsafe UnsafeMutableRawPointer(bitPattern: address)
      unsafe backtrace_symbols_fd(&frame, 1, file)
      return
    }
    var text = SignalSafeText()
    unsafe text.append(cString: symbol.name)
    text.append("+")
    text.append(address: unsafe symbol.offset)
    text.append(" [")
    text.append(address: address)
    text.append("]")
    text.writeLine(to: file)
  }

  static func reportCommand(to file: Int32) {
    var text = SignalSafeText()
    text.append("\n------ LAST COMMAND ------\n")
    let name = unsafe UnsafePointer<UInt8>(bitPattern: commandName.load(ordering: .relaxed))
    if unsafe name == nil { text.append("none") }
    unsafe text.append(cString: name)
    text.writeLine(to: file)
  }

  /// The parts that others contribute. They allocate, so they come last; should they hang, the alarm ends the process.
  static func reportSections() {
    let sections = sections.withLockIfAvailable { $0 } ?? []
    for section in sections {
      LogDestination.write(Array("\n------ \(section.heading) ------\n".utf8) + section.text())
    }
  }

  static func interruptedInstruction(_ context: UnsafeMutableRawPointer) -> UInt {
    let interrupted = unsafe context.assumingMemoryBound(to: ucontext_t.self)
    #if arch(x86_64)
      return UInt(bitPattern: Int(unsafe interrupted.pointee.uc_mcontext.gregs.16))  // REG_RIP
    #elseif arch(arm64)
      return UInt(unsafe interrupted.pointee.uc_mcontext.pc)
    #else
      return 0
    #endif
  }
}

extension SignalSafeText {
  /// Writes the text and an end of line to `file`.
  consuming func writeLine(to file: Int32) {
    append("\n")
    write(to: file)
  }
}
