import Glibc

extension Server {
  /// Makes a client of an accepted connection, or tells it why not and closes it.
  func accept(_ fd: Int32, isUnixSocket: Bool) {
    Sockets.configure(fd, keepAlive: isUnixSocket ? 0 : settings.tcpKeepAlive.value)
    if clientTable.all.count >= settings.maxClients.value {
      statistics.connectionsRejected += 1
      Sockets.refuse(fd, "-ERR max number of clients reached\r\n")
      return
    }
    let (peer, local) =
      isUnixSocket
      ? ("\(loop.listeners.unixSocket.text):0", "\(loop.listeners.unixSocket.text):0") : Sockets.addresses(fd)
    if settings.protectedMode.value && !requiresPassword && !isUnixSocket && !Self.isLocal(peer) {
      statistics.connectionsRejected += 1
      Sockets.refuse(fd, Self.protectedModeRefusal)
      return
    }
    guard addClient(descriptor: fd, address: peer, localAddress: local, isUnixSocket: isUnixSocket) != nil else {
      close(fd)
      return
    }
    statistics.connectionsReceived += 1
    Log.verbose("Accepted \(peer)")
  }

  static func isLocal(_ address: String) -> Bool {
    address.hasPrefix("127.") || address.hasPrefix("[::1]") || address.hasPrefix("[::ffff:127.")
  }

  private static let protectedModeRefusal =
    "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the "
    + "default user. In this mode connections are only accepted from the loopback interface. If you want to connect "
    + "from external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode "
    + "sending the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the "
    + "same host the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. "
    + "Use CONFIG REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by "
    + "editing the Redis configuration file, and setting the protected mode option to 'no', and then restarting the "
    + "server. 3) If you started the server manually just for testing, restart it with the '--protected-mode no' "
    + "option. 4) Setup a an authentication password for the default user. NOTE: You only need to do one of the above "
    + "things in order for the server to start accepting connections from the outside.\r\n"
}
