import Containers

/// Where modules register what they bring beside commands. Open until the configuration is read.
public final class Registry {
  /// The server that is being assembled. What modules keep of it they use on the command thread only.
  public let server: Server

  init(_ server: Server) { self.server = server }

  /// Adds a value type and its directives; keys can hold values of it from now on. Every module adds those that it
  /// uses: one that is there already is added once. Another type of the same name stops the start.
  public func add<Value: StoredValue & ~Copyable>(_ type: Value.Type) {
    let kinds = server.keyspace.value.kinds
    if kinds.contains(where: { $0.identity == ObjectIdentifier(type) }) { return }
    if let other = kinds.first(where: { Bytes($0.typeName) == Bytes(Value.typeName) }) {
      stopStart("two value types are named '\(Value.typeName)': \(other.swiftName) and \(String(reflecting: type))")
    }
    let number = Int(KeyEntry.firstKind) + kinds.count
    if number > Int(KeyEntry.typeMask) { stopStart("there are more value types than entries can tell apart") }
    server.keyspace.value.kinds.append(ValueKindOf<Value>(number: UInt8(number)))
    add(Value.parameters)
  }

  /// Adds parameters to the configuration. A name that is taken stops the start.
  public func add(_ parameters: Parameter...) { add(parameters) }

  private func add(_ parameters: [Parameter]) {
    do {
      try server.configuration.register(parameters)
    } catch {
      stopStart(error.message)
    }
  }

  /// Runs `work` every `milliseconds` on the command thread.
  public func addTimer(milliseconds: Int, _ work: @escaping (Server) -> Void) {
    server.timers.addRepeating(milliseconds: milliseconds, work)
  }

  /// Runs `work` when a client is about to be freed.
  public func onDisconnect(_ work: @escaping (Client, Server) -> Void) {
    server.clientTable.disconnectHooks.append(work)
  }

  /// Makes an object available to the module's commands, by its type: `server.service(T.self)`.
  public func setService<Service: AnyObject>(_ service: Service) { server.setService(service) }

  /// Has the data set loaded by `work` at start. Whoever keeps the data set on disk calls this; a second one stops the
  /// start.
  public func onLoad(_ work: @escaping (Server) -> Void) {
    if server.lifecycle.loadHook != nil { stopStart("two modules load the data set") }
    server.lifecycle.loadHook = work
  }

  /// Runs `work` before a shutdown; it returns false to prevent it.
  public func onShutdown(_ work: @escaping (ShutdownOptions, Server) -> Bool) {
    server.lifecycle.shutdownHooks.append(work)
  }

  /// Registers the module's commands and all else it brings.
  func add(_ module: any CommandModule.Type) {
    for type in module.commands { add(command: type) }
    module.register(in: self)
  }

  private func add(command type: any RedisCommand.Type) {
    let spec = type.spec
    let command = Command(type, spec, parent: nil)
    command.subcommands = spec.subcommands.map { Command($0, $0.spec, parent: command) }
    for problem in SpecValidation.problems(of: command) { stopStart("command '\(command.fullName)': \(problem)") }
    for subcommand in command.subcommands {
      for problem in SpecValidation.problems(of: subcommand) {
        stopStart("command '\(subcommand.fullName)': \(problem)")
      }
    }
    if server.commands.find(Array(spec.name.utf8).bytes) != nil {
      stopStart("command '\(spec.name)' is registered twice")
    }
    server.commands.add(command)
  }

  /// Bad metadata is a mistake in the program: it must not serve.
  func stopStart(_ message: String) -> Never {
    Log.warning("Cannot start: \(message)")
    FileSystem.exit(1)
  }
}
