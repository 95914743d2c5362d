/// A check that calls pass before they are executed, while its gate is up.
///
/// Conforming types are enums without cases, like commands; a module adds them with `Registry.add`. Calls of the
/// append-only file's replay pass none: they were admitted once.
public protocol AdmissionCheck: SendableMetatype {
  /// Where the check stands among the others. Of one stage those that were added first come first.
  static var stage: AdmissionStage { get }

  /// Lets a call go on, or throws the error that it is answered with. A transaction with a refused call is refused.
  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission
}

/// What becomes of a call.
public enum Admission: Sendable {
  /// It passes on to the next check, and at last is executed.
  case granted
  /// The check has answered it; it is not executed.
  case answered
  /// It is looked at again later: whoever held it back has the client go on.
  case postponed
}

/// The order of checks, which is that of Redis 7.0: of several reasons to refuse a call the first one is told.
public enum AdmissionStage: Int, Comparable, Sendable {
  /// Who has not authenticated may do little.
  case authentication
  /// Some commands are not allowed inside MULTI.
  case transactionRules
  /// What the user may do: commands, keys, channels.
  case permissions
  /// Keys that another node serves.
  case routing
  /// Memory is above its limit.
  case memory
  /// Writes would not reach the disk.
  case diskErrors
  /// Too few replicas would have a write.
  case replicaCount
  /// A replica takes writes from its primary alone.
  case readOnlyReplica
  /// A client in RESP2 that is subscribed may use few commands.
  case pubSubContext
  /// A replica has lost its primary.
  case staleReplica
  /// The data set is being loaded.
  case loading
  /// A script has been running for too long.
  case busyScript
  /// The client is a replica, or a monitor.
  case replicaConnection
  /// Clients are paused.
  case pause
  /// The call is queued in a transaction.
  case queue

  /// The earlier stage is the lesser one.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A call that asks to be admitted; its arguments and its context are passed beside it.
public struct AdmissionRequest {
  let entry: CommandHandle
  /// What the command may do; of EXEC together with what the queued commands may.
  public let flags: CommandFlags
  /// Flags that the command lacks or, of EXEC, that any queued command lacks.
  public let lackingFlags: CommandFlags
  /// The gates that are up for this call.
  public let gate: Gate
  init(_ entry: CommandHandle, _ call: borrowing Call, _ gate: Gate, _ context: borrowing Context) {
    self.entry = entry
    self.gate = gate
    var flags = entry.value.flags
    if flags.contains(.dependOnArguments) { flags = entry.value.type.flags(call, context.server) }
    var lacking = CommandFlags(rawValue: ~flags.rawValue)
    if flags.contains(.runsTransaction), let transaction = context.client.place.value.transaction {
      flags.formUnion(transaction.flags.intersection(Transaction.decidingFlags))
      lacking.formUnion(CommandFlags(rawValue: ~transaction.state.value.commonFlags.rawValue))
    }
    self.flags = flags
    lackingFlags = lacking
  }

  /// One of a command as if it had these flags.
  init(_ entry: CommandHandle, _ gate: Gate, flags: CommandFlags) {
    self.entry = entry
    self.gate = gate
    self.flags = flags
    lackingFlags = CommandFlags(rawValue: ~flags.rawValue)
  }

  /// The command's name, with its parent's: `config|get`.
  public var name: String { entry.value.command.fullName }

  /// Whether the call is queued if all checks grant it.
  public var isQueued: Bool { gate.contains(.inTransaction) && !flags.contains(.notQueued) }
}
