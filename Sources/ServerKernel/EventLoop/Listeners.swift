// Unsafe: C's unlink(2) takes a path.
import Glibc

/// A socket that listens, and where.
final class Listener {
  let host: String
  let port: Int
  let descriptor: Int32
  let isUnixSocket: Bool
  fileprivate var watch: DescriptorWatch?

  init(host: String, port: Int, descriptor: Int32, isUnixSocket: Bool = false) {
    self.host = host
    self.port = port
    self.descriptor = descriptor
    self.isUnixSocket = isUnixSocket
  }

  func close() {
    watch?.end()
    Glibc.close(descriptor)
  }
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

  private(set) var tcp: [Listener] = []
  private(set) var unix: Listener?
  /// No connections are taken for a moment.
  private var isPaused = false

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

  private func closeAll(_ sockets: [Listener]) {
    for socket in sockets { socket.close() }
  }

  /// Has the loop tell of connections.
  private func watch(_ loop: EventLoop) {
    let interest: DescriptorEvents = isPaused ? [] : .readable
    for listener in all where listener.watch == nil {
      listener.watch = loop.watch(listener.descriptor, for: interest) { [unowned self, unowned listener] _, server in
        self.accept(listener, server)
      }
      listener.watch?.worksAmidCommands = true
    }
  }

  private var all: [Listener] { tcp + (unix.map { [$0] } ?? []) }

  /// Takes the connections that wait; a bounded number, so that a flood of them does not keep those that are served
  /// waiting.
  private func accept(_ listener: Listener, _ server: Server) {
    do throws(SystemError) {
      for _ in 0..<1000 {
        guard let fd = try Sockets.accept(listener.descriptor) else { return }
        server.accept(fd, isUnixSocket: listener.isUnixSocket)
      }
    } catch {
      // The connection goes on waiting, and would be told of again at once.
      Log.warning("Accepting client connection: \(error.text)")
      setPaused(true)
      server.timers.add(milliseconds: 100) { [unowned self] _ in self.setPaused(false) }
    }
  }

  private func setPaused(_ isPaused: Bool) {
    self.isPaused = isPaused
    for listener in all { listener.watch?.change(to: isPaused ? [] : .readable) }
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
        let descriptor = try Sockets.listen(
          path: unixSocket.text, permissions: unixSocketPermissions.value, backlog: backlog.value)
        unix = Listener(host: unixSocket.text, port: 0, descriptor: descriptor, isUnixSocket: true)
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
  private func openTCP(keeping existing: [Listener]) throws(ListenError) -> [Listener] {
    if port.value == 0 { return [] }
    var existing = existing
    var sockets: [Listener] = []
    var opened: [Listener] = []
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

  private func open(_ host: String, _ port: Int) throws(ListenError) -> Listener {
    let address = host == "*" ? "0.0.0.0" : host == "::*" ? "::" : host
    let descriptor = try Sockets.listen(host: address, port: port, backlog: backlog.value)
    return Listener(host: host, port: port, descriptor: descriptor)
  }

  /// Stops listening: the first step of a shutdown.
  func close(removingFile: Bool) {
    closeAll(tcp)
    if let unix {
      unix.close()
      if removingFile {
        Log.notice("Removing the unix socket file.")
        unsafe unlink(unixSocket.text)
      }
    }
    tcp = []
    unix = nil
  }
}
