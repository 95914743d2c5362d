import ServerKernel

/// A replica takes writes from its primary alone.
enum ReadOnlyReplicaCheck: AdmissionCheck {
  static var stage: AdmissionStage { .readOnlyReplica }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if !request.flags.contains(.write) || context.origin.mustBeObeyed { return .granted }
    throw .literal("READONLY You can't write against a read only replica.")
  }
}

/// A replica without its primary has old data.
enum StaleReplicaCheck: AdmissionCheck {
  static var stage: AdmissionStage { .staleReplica }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if !request.lackingFlags.contains(.stale) { return .granted }
    if context.origin == .script { throw .literal("ERR Can not execute the command on a stale replica") }
    throw .literal("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.")
  }
}
