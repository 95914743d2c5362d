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
    throw try Scripts.of(context.server).run?.busyError ?? .literal("BUSY Redis is busy running a script.")
  }
}

extension Scripts {
  /// Looks whether the running script takes too long, and serves others if so. The error that it is to end with.
  func interruption(_ context: inout Context) -> StaticString? {
    guard let run else { return nil }
    let server = context.server
    if !run.isBusy {
      let threshold = Scripting.busyThreshold.value
      let milliseconds = server.milliseconds(since: run.began)
      if threshold == 0 || milliseconds < threshold { return nil }
      let name = String(decoding: name(of: run.subject), as: UTF8.self)
      Log.warning(
        "Slow script detected: still in execution after \(milliseconds) milliseconds. You can try killing the script "
          + "using the \(run.killer) command. Script name is: \(name).")
      self.run?.isBusy = true
      server.setGate(busyGate, true)
    }
    server.serveWhileBusy()
    guard self.run?.isKilled ?? false else { return nil }
    if run.subject.isFunction { return "ERR Script killed by user with FUNCTION KILL." }
    return "ERR Script killed by user with SCRIPT KILL."
  }

  /// SCRIPT KILL and FUNCTION KILL: each ends its own kind alone.
  func kill(functions: Bool) throws(CommandError) {
    guard let run else { throw .literal("NOTBUSY No scripts in execution right now.") }
    if run.hasWritten {
      throw .literal(
        """
        UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the \
        script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.
        """)
    }
    if run.subject.isFunction != functions { throw run.busyError }
    self.run?.isKilled = true
  }
}
