import Glibc
import Synchronization

/// A connected TCP socket with a deadline for every operation.
final class Socket: Sendable {
  private let descriptor: Int32

  /// Connects to a port of this machine.
  init(port: UInt16) throws(ConformanceError) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ConformanceError("socket: \(systemError())") }
    var address = Socket.loopback(port: port)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, size) }
    }
    // The descriptor is closed by `deinit`, which runs in this case too.
    guard result == 0 else { throw ConformanceError("cannot connect to port \(port): \(systemError())") }
    var on: Int32 = 1
    _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  /// Sends everything.
  func send(_ bytes: [UInt8]) throws(ConformanceError) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.send(
          descriptor, buffer.baseAddress! + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw ConformanceError("cannot send: \(systemError())") }
      sent += count
    }
  }

  /// What arrives next; empty when the peer has closed the connection.
  func receive(timeout: Duration) throws(ConformanceError) -> [UInt8] {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&request, 1, Int32(timeout / .milliseconds(1)))
    guard ready > 0 else { throw ConformanceError(ready == 0 ? "no reply within \(timeout)" : systemError()) }
    return unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      count = unsafe max(0, recv(descriptor, buffer.baseAddress!, buffer.count, 0))
    }
  }

  /// Whether anything arrives within `limit`; the end of the connection counts, too.
  func hasInput(within limit: Duration) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, Int32(limit / .milliseconds(1))) > 0
  }

  /// Ends the connection in both directions; the descriptor stays until the object goes.
  func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Ports handed out so far: a server may not have opened its own yet when the next one is asked for.
  private static let handedOut = Mutex<Set<UInt16>>([])

  /// A port of this machine that nobody listens on, another one each time.
  static func freePort() throws(ConformanceError) -> UInt16 {
    while true {
      let port = try unusedPort()
      if handedOut.withLock({ $0.insert(port).inserted }) { return port }
    }
  }

  private static func unusedPort() throws(ConformanceError) -> UInt16 {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(probe) }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(probe, $0, size) == 0 ? getsockname(probe, $0, &size) : -1
      }
    }
    guard result == 0 else { throw ConformanceError("no free port: \(systemError())") }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
