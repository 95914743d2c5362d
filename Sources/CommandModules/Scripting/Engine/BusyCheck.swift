import Containers
import ServerKernel

/// While a script has been running for too long, others may only end it.
enum BusyCheck: AdmissionCheck {
  static var stage: AdmissionStage { .busyScript }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if context.origin != .user { return .granted }
    var isAllowed = request.flags.contains(.allowBusy)
    if request.name == "shutdown" {
      isAllowed = false
      for index in 1..<call.count where call.matches(index, "nosave") { isAllowed = true }
    }
    if isAllowed { return .granted }
    throw .literal(
      "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.")
  }
}

extension Scripts {
  /// Looks whether the running script takes too long, and serves others if so. Whether it is to end.
  func interrupts(_ context: inout Context) -> Bool {
    guard let start = run?.start else { return false }
    let server = context.server
    if run?.isBusy != true {
      let milliseconds = Int((Clock.monotonicNanoseconds() - start) / 1_000_000)
      let threshold = Scripting.busyThreshold.value
      if threshold == 0 || milliseconds < threshold { return false }
      let name = run.map { String(decoding: $0.name.text, as: UTF8.self) } ?? ""
      Log.warning(
        "Slow script detected: still in execution after \(milliseconds) milliseconds. You can try killing the script "
          + "using the SCRIPT KILL command. Script name is: \(name).")
      run?.isBusy = true
      server.setGate(busyGate, true)
    }
    server.serveWhileBusy()
    return run?.isKilled ?? false
  }

  func endBusy(_ server: Server) { server.setGate(busyGate, false) }
}
