import Glibc

/// A socket that listens, and where.
struct TCPListener {
  let host: String
  let port: Int
  let descriptor: Int32
}

/// Where the server listens: the parameters, and the sockets.
final class Listeners {
  let bind = StructuredSetting(
    // As in the configuration file that comes with Redis; without one Redis itself listens everywhere.
    "bind", default: BindAddresses([Array("127.0.0.1".utf8), Array("-::1".utf8)]))
  let port = Setting("port", default: 6379, range: 0...65535)
  let backlog = Setting("tcp-backlog", default: 511, range: 0...Int(Int32.max), flags: .immutable)
  let unixSocket = StringSetting("unixsocket", default: nil, flags: .immutable)
  let unixSocketPermissions = Setting(
    "unixsocketperm", default: 0, range: 0...0o777, format: .octal, flags: .immutable)

  private(set) var tcp: [TCPListener] = []
  private(set) var unix: Int32?
  /// No connections are taken for a moment.
  private var isPaused = false

  /// Tokens of listeners in the poller: never those of clients, which are addresses.
  static let tcpToken: UInt64 = 2
  static let unixToken: UInt64 = 3

  func register(in configuration: Configuration, _ loop: EventLoop) throws(ConfigurationRegistrationError) {
    func reopen(_ failure: String) -> () throws(ConfigurationError) -> Void {
      return { [unowned self] () throws(ConfigurationError) in
        do throws(ListenError) { try self.reopen(loop) } catch { throw ConfigurationError(failure) }
      }
    }
    try configuration.register([
      bind.parameter(onChange: reopen("Failed to bind to specified addresses.")),
      port.parameter(onChange: reopen("Unable to listen on this port. Check server logs.")), backlog.parameter,
      unixSocket.parameter, unixSocketPermissions.parameter,
    ])
  }

  /// Listens where the parameters say by now, with the sockets that are there already: all of it, or nothing changes.
  private func reopen(_ loop: EventLoop) throws(ListenError) {
    let old = tcp
    let wanted = hosts
    let leaving = old.filter { socket in socket.port != port.value || !wanted.contains { $0.host == socket.host } }
    do throws(ListenError) {
      tcp = try openTCP(keeping: old)
      closeAll(leaving)
    } catch {
      if error.code != EADDRINUSE || leaving.isEmpty { throw error }
      // One that leaves may be in the way: that of all addresses in the way of one.
      closeAll(leaving)
      let kept = old.filter { socket in !leaving.contains { $0.descriptor == socket.descriptor } }
      tcp = kept
      defer { watch(loop) }
      do throws(ListenError) { tcp = try openTCP(keeping: kept) } catch {
        for socket in leaving {
          if let again = try? open(socket.host, socket.port) { tcp.append(again) }
        }
        throw error
      }
    }
    watch(loop)
  }

  private func closeAll(_ sockets: [TCPListener]) {
    for socket in sockets { Glibc.close(socket.descriptor) }
  }

  /// Has the poller tell of connections; nothing changes for sockets that it knows.
  private func watch(_ loop: EventLoop) {
    let interest: Poller.Events = isPaused ? [] : .readable
    for socket in tcp { _ = loop.poller.add(socket.descriptor, interest, token: Listeners.tcpToken) }
    if let unix { _ = loop.poller.add(unix, interest, token: Listeners.unixToken) }
  }

  /// Leaves connections waiting until `resume`.
  func pause(_ loop: EventLoop) { setPaused(true, loop) }

  /// Takes connections again.
  func resume(_ loop: EventLoop) { setPaused(false, loop) }

  private func setPaused(_ isPaused: Bool, _ loop: EventLoop) {
    self.isPaused = isPaused
    let interest: Poller.Events = isPaused ? [] : .readable
    for socket in tcp { loop.poller.modify(socket.descriptor, interest, token: Listeners.tcpToken) }
    if let unix { loop.poller.modify(unix, interest, token: Listeners.unixToken) }
  }

  /// Opens all sockets, or ends the process with a line that names the one that failed.
  func openOrExit(_ loop: EventLoop) {
    do {
      tcp = try openTCP(keeping: [])
    } catch {
      Log.warning("Failed listening on port \(port.value) (TCP), aborting.")
      exit(1)
    }
    if let path = unixSocket.value, !path.isEmpty {
      do {
        unix = try Sockets.listen(
          path: unixSocket.text, permissions: unixSocketPermissions.value, backlog: backlog.value)
      } catch {
        Log.warning("Failed opening Unix socket: \(error.text)")
        exit(1)
      }
    }
    if tcp.isEmpty && unix == nil {
      Log.warning("Configured to not listen anywhere, exiting.")
      exit(1)
    }
    watch(loop)
  }

  /// The addresses to listen at. One with `-` before it need not be available.
  private var hosts: [(host: String, isOptional: Bool)] {
    bind.value.addresses.map { word in
      let text = String(decoding: word, as: UTF8.self)
      let isOptional = text.hasPrefix("-")
      return (isOptional ? String(text.dropFirst()) : text, isOptional)
    }
  }

  /// One socket for each address: those of `existing` that are there already, others new.
  private func openTCP(keeping existing: [TCPListener]) throws(ListenError) -> [TCPListener] {
    if port.value == 0 { return [] }
    var existing = existing
    var sockets: [TCPListener] = []
    var opened: [TCPListener] = []
    for (host, isOptional) in hosts {
      if let index = existing.firstIndex(where: { $0.host == host && $0.port == port.value }) {
        sockets.append(existing.remove(at: index))
        continue
      }
      do throws(ListenError) {
        let socket = try open(host, port.value)
        sockets.append(socket)
        opened.append(socket)
      } catch {
        Log.warning("Warning: Could not create server TCP listening socket \(host):\(port.value): \(error.text)")
        if isOptional && error.code == EADDRNOTAVAIL { continue }
        // A machine without the address' protocol, IPv6 mostly.
        if [ENOPROTOOPT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EPFNOSUPPORT, EAFNOSUPPORT].contains(error.code) { continue }
        closeAll(opened)
        throw error
      }
    }
    return sockets
  }

  private func open(_ host: String, _ port: Int) throws(ListenError) -> TCPListener {
    let address = host == "*" ? "0.0.0.0" : host == "::*" ? "::" : host
    let descriptor = try Sockets.listen(host: address, port: port, backlog: backlog.value)
    return TCPListener(host: host, port: port, descriptor: descriptor)
  }

  /// Stops listening: the first step of a shutdown.
  func close(removingFile: Bool) {
    closeAll(tcp)
    if let unix {
      Glibc.close(unix)
      if removingFile {
        Log.notice("Removing the unix socket file.")
        unsafe unlink(unixSocket.text)
      }
    }
    tcp = []
    unix = nil
  }
}
