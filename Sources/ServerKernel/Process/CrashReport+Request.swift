// Unsafe here: sigaction(2) takes the address of a structure and a C function, which gets the address of the
// interrupted context.
import CLinux
import Glibc
import Synchronization

/// The report without a crash: SIGUSR1 asks what the server is doing, for instance when it does not answer.
extension CrashReport {
  private static let isRequested = Atomic<Bool>(false)

  /// Takes over SIGUSR1. The stack and the last command are reported at once, whatever the server is busy with; the
  /// sections by the event loop, since they allocate.
  static func installOnRequest() {
    _ = isRequested.load(ordering: .relaxed)
    var action = sigaction()
    unsafe sigemptyset(&action.sa_mask)
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESTART)) | SA_SIGINFO
    unsafe action.__sigaction_handler.sa_sigaction = { _, _, context in
      let savedErrno = errno
      let instruction = unsafe context.map { unsafe CrashReport.interruptedInstruction($0) } ?? 0
      LogDestination.withFile { file in
        var text = SignalSafeText(prefixed: ())
        text.append("Received SIGUSR1, reporting what is being done.")
        text.writeLine(to: file)
        CrashReport.reportStack(instruction, to: file)
        CrashReport.reportCommand(to: file)
      }
      CrashReport.isRequested.store(true, ordering: .releasing)
      ShutdownSignals.wake()
      errno = savedErrno
    }
    unsafe sigaction(SIGUSR1, &action, nil)
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGUSR1)
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// Reports the sections if a signal asked for them.
  static func reportSectionsIfRequested() {
    if isRequested.exchange(false, ordering: .acquiringAndReleasing) { reportSections() }
  }
}

extension Server {
  /// Has reports show what INFO and CLIENT LIST show.
  func addReportSections() {
    /// The sections are made on the command thread, or when the process has crashed.
    struct Carrier: @unchecked Sendable { let server: Server }
    let carrier = Carrier(server: self)
    CrashReport.addSection("INFO OUTPUT") {
      let server = carrier.server
      let text = server.info.text(["everything"], server)
      return text.bytes.array
    }
    CrashReport.addSection("CLIENT LIST OUTPUT") {
      let server = carrier.server
      return Array(server.clients.map { server.describe($0) + "\n" }.joined().utf8)
    }
  }
}
