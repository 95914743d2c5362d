import Containers

/// A TCP connection to another server, which this one opens, and which never blocks.
///
/// Its owner reads and writes it as it is told that it can, and at last closes it or has it become a client's. All of
/// it belongs to the command thread; only names are looked up on another one.
public final class OutgoingConnection: @unchecked Sendable {
  // The thread that looks names up hands it back untouched.
  private unowned let server: Server
  private(set) var descriptor: Int32 = -1
  private var watch: DescriptorWatch?
  /// Addresses that were not tried yet, the next one last.
  private var addresses: [SocketAddress] = []
  /// Where to connect from.
  private var sources: [SocketAddress] = []
  private var whenConnected: ((String?) -> Void)?
  private var isOver = false

  private static let resolver = HelperThread()

  /// One that is not connected.
  public init(_ server: Server) { self.server = server }

  /// Looks a name up and connects to it. `done` is called once, with the reason when that failed, unless the connection
  /// is closed before.
  public func connect(to host: String, port: Int, _ done: @escaping (String?) -> Void) {
    whenConnected = done
    do throws(SystemThread.StartError) {
      try Self.resolver.start()
    } catch {
      return finish(SystemError(code: error.code).text)
    }
    let mailbox = server.mailbox
    let source = server.settings.sourceAddress.value.map { String(decoding: $0, as: UTF8.self) }
    Self.resolver.run { [self] in
      let found = Sockets.resolve(host, port: port)
      let sources = source.flatMap { try? Sockets.resolve($0, port: 0).get() } ?? []
      mailbox.post { [self] _ in
        if isOver { return }
        self.sources = sources
        switch found {
        case .success(let found):
          addresses = found.reversed()
          tryNext("there is no address")
        case .failure(let error): finish(error.text)
        }
      }
    }
  }

  private func finish(_ error: String?) {
    let done = whenConnected
    whenConnected = nil
    done?(error)
  }

  /// Goes on with the next address after this failure of the one before.
  private func tryNext(_ failure: String) {
    closeDescriptor()
    guard let address = addresses.popLast() else { return finish(failure) }
    do {
      descriptor = try Sockets.connect(address, from: sources)
    } catch {
      return tryNext(error.text)
    }
    let isWatched = watch(for: .writable) { [unowned self] _ in
      if let error = Sockets.connectError(descriptor) { return tryNext(error.text) }
      pause()
      Sockets.configure(descriptor, keepAlive: server.settings.tcpKeepAlive.value)
      finish(nil)
    }
    if !isWatched { tryNext("it cannot be watched") }
  }

  // MARK: Use

  /// Has `body` called whenever one of `events` holds, in place of what was called before; false when the system cannot
  /// watch it.
  @discardableResult
  public func watch(for events: DescriptorEvents, _ body: @escaping (DescriptorEvents) -> Void) -> Bool {
    pause()
    watch = server.watch(descriptor, for: events) { events, _ in body(events) }
    return watch != nil
  }

  /// Has nothing called until it is watched again.
  public func pause() {
    watch?.end()
    watch = nil
  }

  /// Reads up to `limit` bytes behind what a buffer holds.
  public func read(into buffer: inout ByteBuffer, atMost limit: Int) -> TransferOutcome {
    Sockets.read(descriptor, into: &buffer, atMost: limit)
  }

  /// Sends as much as goes at once.
  public func send(_ bytes: borrowing Bytes) -> TransferOutcome { Sockets.send(descriptor, bytes) }

  /// Ends it; nothing is called any more.
  public func close() {
    isOver = true
    whenConnected = nil
    closeDescriptor()
  }

  private func closeDescriptor() {
    pause()
    if descriptor >= 0 { Sockets.close(descriptor) }
    descriptor = -1
  }

  /// The descriptor is someone else's from now on.
  func release() -> Int32 {
    pause()
    isOver = true
    defer { descriptor = -1 }
    return descriptor
  }
}
