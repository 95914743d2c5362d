/// What whoever runs scripts tells of them.
public struct ScriptStatus: Sendable {
  /// Bytes that the interpreter of scripts holds.
  public var interpreterMemory = 0
  /// Bytes that the interpreter of functions holds.
  public var functionInterpreterMemory = 0
  /// Bytes that are kept for scripts outside of it.
  public var scriptMemory = 0
  /// Scripts that are kept.
  public var scripts = 0
  /// Bytes that are kept for functions outside of their interpreter.
  public var functionMemory = 0
  /// Libraries of functions.
  public var libraries = 0
  /// Functions in them.
  public var functions = 0

  /// Nothing.
  public init() {}
}

extension Registry {
  /// Sets who tells INFO and others about scripts; a second one stops the start.
  public func setScriptStatus(_ status: @escaping () -> ScriptStatus) {
    if server.lifecycle.scriptStatus != nil { stopStart("two modules tell of scripts") }
    server.lifecycle.scriptStatus = status
  }

  /// Runs `work` once when the server starts, after the configuration was read and the log opened.
  public func onStart(_ work: @escaping (Server) -> Void) { server.lifecycle.startHooks.append(work) }
}

extension Server {
  /// What is known of scripts; nothing where no module runs any.
  public var scripts: ScriptStatus { lifecycle.scriptStatus?() ?? ScriptStatus() }

  /// Whether memory is above its limit, and nothing can be evicted.
  public var isOutOfMemory: Bool { state.value.gate.contains(.memoryLimited) && !eviction.makeRoom(self) }
}

extension Server {
  /// Whether arguments name a command.
  public func names(_ arguments: borrowing CommandArguments) -> Bool {
    var isCommand = false
    arguments.withCall { call in isCommand = isCallable(call) }
    return isCommand
  }

  /// Whether scripts may call what they otherwise must not (DEBUG SET-DISABLE-DENY-SCRIPTS).
  public var scriptsMayCallAll: Bool {
    get { calls.value.scriptsMayCallAll }
    set { calls.value.scriptsMayCallAll = newValue }
  }

  /// Serves others for a moment in the midst of a command that takes long; what they may do is up to a check.
  public func serveWhileBusy() { loop.tickInside() }
}
