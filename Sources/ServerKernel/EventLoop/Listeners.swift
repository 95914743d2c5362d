import Glibc

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

  private(set) var tcp: [Int32] = []
  private(set) var unix: Int32?

  /// Tokens of listeners in the poller: never those of clients, which are addresses.
  static let tcpToken: UInt64 = 2
  static let unixToken: UInt64 = 3

  func register(in configuration: Configuration, _ loop: EventLoop) throws(ConfigurationRegistrationError) {
    let reopen: () throws(ConfigurationError) -> Void = { [unowned self] () throws(ConfigurationError) in
      let old = tcp
      do {
        tcp = try openTCP()
      } catch {
        throw ConfigurationError("Unable to listen on this port. Check server logs.")
      }
      for fd in old { loop.poller.remove(fd); close(fd) }
      for fd in tcp { _ = loop.poller.add(fd, .readable, token: Listeners.tcpToken) }
    }
    try configuration.register([
      bind.parameter(onChange: reopen), port.parameter(onChange: reopen), backlog.parameter, unixSocket.parameter,
      unixSocketPermissions.parameter,
    ])
  }

  /// Opens all sockets, or ends the process with a line that names the one that failed.
  func openOrExit(_ loop: EventLoop) {
    do {
      if port.value != 0 { tcp = try openTCP() }
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
    for fd in tcp { _ = loop.poller.add(fd, .readable, token: Listeners.tcpToken) }
    if let unix { _ = loop.poller.add(unix, .readable, token: Listeners.unixToken) }
  }

  /// One socket for each address. An address with `-` before it need not be available.
  private func openTCP() throws(ListenError) -> [Int32] {
    if port.value == 0 { return [] }
    var sockets: [Int32] = []
    for word in bind.value.addresses {
      let text = String(decoding: word, as: UTF8.self)
      let isOptional = text.hasPrefix("-")
      let name = isOptional ? String(text.dropFirst()) : text
      let host = name == "*" ? "0.0.0.0" : name == "::*" ? "::" : name
      do throws(ListenError) {
        sockets.append(try Sockets.listen(host: host, port: port.value, backlog: backlog.value))
      } catch {
        Log.warning("Warning: Could not create server TCP listening socket \(name):\(port.value): \(error.text)")
        if isOptional && error.code == EADDRNOTAVAIL { continue }
        // A machine without the address' protocol, IPv6 mostly.
        if [ENOPROTOOPT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EPFNOSUPPORT, EAFNOSUPPORT].contains(error.code) { continue }
        for fd in sockets { close(fd) }
        throw error
      }
    }
    return sockets
  }

  /// Stops listening: the first step of a shutdown.
  func close(removingFile: Bool) {
    for fd in tcp { Glibc.close(fd) }
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

  private func close(_ fd: Int32) { Glibc.close(fd) }
}
