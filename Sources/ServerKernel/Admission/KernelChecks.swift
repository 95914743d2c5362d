import Containers

/// The kernel's own checks, each with its gate.
enum KernelChecks {
  static var all: [(any AdmissionCheck.Type, Gate)] {
    [
      (AuthenticationCheck.self, .unauthenticated), (TransactionRulesCheck.self, .inTransaction),
      (MemoryCheck.self, .memoryLimited), (DiskErrorCheck.self, .writesRefused),
      (PubSubContextCheck.self, .subscribed), (LoadingCheck.self, [.loading, .loadingBeside]),
      (ReplicaConnectionCheck.self, [.monitoring, .following]),
      (PauseCheck.self, .paused), (QueueCheck.self, .inTransaction),
    ]
  }
}

enum AuthenticationCheck: AdmissionCheck {
  static var stage: AdmissionStage { .authentication }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if !request.flags.contains(.noAuth) { throw .literal("NOAUTH Authentication required.") }
    return .granted
  }
}

enum TransactionRulesCheck: AdmissionCheck {
  static var stage: AdmissionStage { .transactionRules }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if request.flags.contains(.noMulti) { throw .literal("ERR Command not allowed inside a transaction") }
    return .granted
  }
}

enum MemoryCheck: AdmissionCheck {
  static var stage: AdmissionStage { .memory }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let server = context.server
    // Who only reads does not wait for keys to be evicted.
    if !request.flags.contains(.denyOOM) && !request.isQueued {
      if server.isAboveMemoryLimit { server.eviction.schedule(server) }
    } else if !server.eviction.makeRoom(server) {
      throw .literal("OOM command not allowed when used memory > 'maxmemory'.")
    }
    return .granted
  }
}

enum DiskErrorCheck: AdmissionCheck {
  static var stage: AdmissionStage { .diskErrors }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let isRefused = !request.flags.isDisjoint(with: [.write, .reportsDiskErrors])
    if isRefused, !context.origin.mustBeObeyed, let error = context.server.admission.writeRefusal { throw .text(error) }
    return .granted
  }
}

enum PubSubContextCheck: AdmissionCheck {
  static var stage: AdmissionStage { .pubSubContext }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if request.flags.contains(.allowedWhileSubscribed) { return .granted }
    throw .text(
      """
      ERR Can't execute '\(request.name)': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed \
      in this context
      """)
  }
}

enum LoadingCheck: AdmissionCheck {
  static var stage: AdmissionStage { .loading }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let isServed = !request.gate.contains(.loading)
    let isRefused = isServed ? request.flags.contains(.noAsyncLoading) : request.lackingFlags.contains(.loading)
    if isRefused { throw .literal("LOADING Redis is loading the dataset in memory") }
    return .granted
  }
}

enum ReplicaConnectionCheck: AdmissionCheck {
  static var stage: AdmissionStage { .replicaConnection }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if request.flags.isDisjoint(with: [.readOnly, .write, .mayReplicate]) { return .granted }
    throw .literal("ERR Replica can't interact with the keyspace")
  }
}

enum PauseCheck: AdmissionCheck {
  static var stage: AdmissionStage { .pause }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let server = context.server
    // A monitor counts as a replica, and those go on.
    let isReplica = !request.gate.isDisjoint(with: [.monitoring, .following])
    if context.origin != .user || isReplica || !server.pausing.holdsBack(request.flags) { return .granted }
    server.pausing.postpone(context.client, server)
    return .postponed
  }
}

enum QueueCheck: AdmissionCheck {
  static var stage: AdmissionStage { .queue }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if !request.isQueued { return .granted }
    context.server.enqueue(request.entry, flags: request.flags, call, context.client)
    return .answered
  }
}
