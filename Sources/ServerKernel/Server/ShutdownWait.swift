/// A shutdown that waits until those are ready for it who have something to lose: replicas that lack what was written.
///
/// Writes are held back meanwhile. It goes on when all are ready, or its time is over.
final class ShutdownWait {
  /// Whether there is nothing to wait for; several may have reasons to.
  var conditions: [(Server) -> Bool] = []
  /// Told when the wait has ended and the shutdown goes on.
  var endHooks: [(Server) -> Void] = []
  private var options: ShutdownOptions?
  /// Monotonic milliseconds.
  private var deadline: Int64 = 0
  private var timer: Timers.Timer?
  /// Clients whose SHUTDOWN it is.
  private var clients: [Client] = []

  /// Milliseconds between two looks at whether all are ready.
  private static let interval = 10

  var isWaiting: Bool { options != nil }

  /// Milliseconds until it is over, nil when none is under way.
  var remaining: Int? { options == nil ? nil : max(1, Int(deadline - Timers.now())) }

  func isReady(_ server: Server) -> Bool { conditions.allSatisfy { $0(server) } }

  /// Begins to wait, or goes on with the options of the last who asks.
  func begin(_ options: ShutdownOptions, _ server: Server) {
    self.options = options
    if timer != nil { return }
    deadline = Timers.now() + Int64(server.settings.shutdownTimeout.value) * 1000
    Log.notice("Waiting for replicas before shutting down.")
    server.pausing.hold(for: self, server)
    timer = server.timers.addRepeating(milliseconds: Self.interval) { [unowned self] server in look(server) }
  }

  /// A client waits, and is answered when nothing comes of the shutdown.
  func add(_ client: Client) { clients.append(client) }

  /// A client is gone.
  func forget(_ client: Client) { clients.removeAll { $0 == client } }

  private func look(_ server: Server) {
    guard let options, isReady(server) || Timers.now() >= deadline else { return }
    for hook in endHooks { hook(server) }
    end(server)
    if !server.requestShutdown(options.union(.now)) { refuse(server) }
    clients = []
  }

  /// Takes it back, if one is under way.
  func abort(_ server: Server) {
    if !isWaiting { return }
    end(server)
    refuse(server)
    clients = []
  }

  private func refuse(_ server: Server) {
    for client in clients { _ = server.unblock(client, error: "ERR Errors trying to SHUTDOWN. Check logs.") }
  }

  private func end(_ server: Server) {
    if let timer { server.timers.cancel(timer) }
    timer = nil
    options = nil
    server.pausing.release(for: self, server)
  }
}

extension Registry {
  /// Has a shutdown wait, for `shutdown-timeout` at most, until `isReady`; `whenOver` is told when the wait has ended.
  public func onShutdownWait(_ isReady: @escaping (Server) -> Bool, whenOver: @escaping (Server) -> Void) {
    server.shutdownWait.conditions.append(isReady)
    server.shutdownWait.endHooks.append(whenOver)
  }
}

extension Context {
  /// Shuts down, or has the client wait for it; throws when something prevents it.
  public mutating func shutDown(_ call: borrowing Call, _ options: ShutdownOptions) throws(CommandError) {
    let server = self.server
    if !server.hasToWaitBeforeShutdown(options) {
      if !server.requestShutdown(options) { throw .literal("ERR Errors trying to SHUTDOWN. Check logs.") }
      return
    }
    server.shutdownWait.begin(options, server)
    server.shutdownWait.add(client)
    wait(call, milliseconds: 0, onTimeout: .null)
  }
}
