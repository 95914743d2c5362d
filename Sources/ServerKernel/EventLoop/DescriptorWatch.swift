/// A descriptor that the event loop watches for someone: a link to another server, a pipe, a listening socket.
///
/// Its owner reads and writes it, without blocking, and closes it after `end`. All of it belongs to the command thread.
public final class DescriptorWatch {
  /// What is watched.
  public let descriptor: Int32
  let token: UInt64
  /// It is called in the midst of a command that takes long, too.
  var worksAmidCommands = false
  let body: (DescriptorEvents, Server) -> Void
  private unowned let loop: EventLoop

  init(_ descriptor: Int32, token: UInt64, _ loop: EventLoop, _ body: @escaping (DescriptorEvents, Server) -> Void) {
    self.descriptor = descriptor
    self.token = token
    self.loop = loop
    self.body = body
  }

  /// Watches for other events from now on; for none but failures when empty.
  public func change(to events: DescriptorEvents) { loop.poller.modify(descriptor, events, token: token) }

  /// Ends the watch: `body` is not called any more, not even for what has happened already. Once; before the
  /// descriptor is closed.
  public func end() {
    loop.poller.remove(descriptor)
    loop.state.value.watches[token] = nil
  }
}

extension EventLoop {
  /// See `Server.watch`.
  func watch(
    _ descriptor: Int32, for events: DescriptorEvents, _ body: @escaping (DescriptorEvents, Server) -> Void
  ) -> DescriptorWatch? {
    // Odd, as addresses of clients are not, and never the same again: an event of a watch that has ended finds none.
    state.value.lastWatch += 2
    let watch = DescriptorWatch(descriptor, token: state.value.lastWatch, self, body)
    guard poller.add(descriptor, events, token: watch.token) else { return nil }
    state.value.watches[watch.token] = watch
    return watch
  }
}

extension Server {
  /// Has `body` called, within a tick and never amid a command, whenever one of `events` holds for a descriptor that
  /// does not block; again and again for as long as it does. Nil when the system cannot watch it. The watch lasts until
  /// its `end`, also when it is not kept.
  @discardableResult
  public func watch(
    _ descriptor: Int32, for events: DescriptorEvents, _ body: @escaping (DescriptorEvents, Server) -> Void
  ) -> DescriptorWatch? {
    loop.watch(descriptor, for: events, body)
  }
}
