/// The directives about the process itself.
public enum ProcessParameters {
  /// The parameters to register.
  public static var all: [Parameter] {
    [
      WorkingDirectory.parameter, Daemon.isRequested.parameter, PidFile.path.parameter, Supervision.manager.parameter,
      CrashReport.parameter, ShutdownSignals.optionsOnInterrupt.parameter,
      ShutdownSignals.optionsOnTerminate.parameter, ProcessTitle.isEnabled.parameter, HugePages.areDisabled.parameter,
    ]
  }
}
