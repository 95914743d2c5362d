// Unsafe: C's socket interface. One wrapper for each system call.

import CLinux
import Glibc

/// Why a socket cannot be listened on.
struct ListenError: Error {
  /// The value of errno, 0 where a name was not found.
  let code: Int32
  /// The failed step and the system's text for the failure.
  let text: String

  init(_ step: String, code: Int32) {
    self.code = code
    text = "\(step): \(SystemError(code: code).text)"
  }

  init(unresolved reason: String) {
    code = 0
    text = reason
  }
}

/// Listening sockets and accepted connections.
enum Sockets {
  // Glibc imports these as an enumeration of its own type.
  static let streamSocket = Int32(SOCK_STREAM.rawValue)
  static let closeOnExec = Int32(SOCK_CLOEXEC.rawValue)
  static let nonBlocking = Int32(SOCK_NONBLOCK.rawValue)

  /// A listening TCP socket at an address in numbers or by name; an address with a colon is one of IPv6.
  static func listen(host: String, port: Int, backlog: Int) throws(ListenError) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = streamSocket
    unsafe hints.ai_flags = AI_PASSIVE
    unsafe hints.ai_family = host.contains(":") ? AF_INET6 : AF_INET
    var results: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, "\(port)", &hints, &results)
    if status != 0 { throw ListenError(unresolved: unsafe String(cString: gai_strerror(status))) }
    defer { unsafe freeaddrinfo(results) }
    var last = ListenError("bind", code: EADDRNOTAVAIL)
    var next = unsafe results
    while let info = unsafe next {
      unsafe next = info.pointee.ai_next
      let fd = unsafe socket(info.pointee.ai_family, info.pointee.ai_socktype | closeOnExec, info.pointee.ai_protocol)
      if fd < 0 {
        last = ListenError("socket", code: errno)
        continue
      }
      if unsafe info.pointee.ai_family == AF_INET6 { set(fd, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
      set(fd, SOL_SOCKET, SO_REUSEADDR, 1)
      if unsafe bind(fd, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0, Glibc.listen(fd, Int32(backlog)) == 0 {
        setNonBlocking(fd)
        return fd
      }
      last = ListenError("bind", code: errno)
      Glibc.close(fd)
    }
    throw last
  }

  /// A listening Unix socket; a file that is in the way is removed first.
  static func listen(path: String, permissions: Int, backlog: Int) throws(ListenError) -> Int32 {
    unsafe unlink(path)
    let fd = socket(AF_UNIX, streamSocket | closeOnExec, 0)
    if fd < 0 { throw ListenError("socket", code: errno) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let capacity = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard bytes.count <= capacity else {
      Glibc.close(fd)
      throw ListenError("bind", code: ENAMETOOLONG)
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in unsafe place.copyBytes(from: bytes) }
    let status = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0, Glibc.listen(fd, Int32(backlog)) == 0 else {
      let error = ListenError("bind", code: errno)
      Glibc.close(fd)
      throw error
    }
    if permissions != 0 { unsafe chmod(path, mode_t(permissions)) }
    setNonBlocking(fd)
    return fd
  }

  /// The next waiting connection; nil when there is none. Throws when it cannot be taken: there is no descriptor or no
  /// memory for it.
  static func accept(_ listener: Int32) throws(SystemError) -> Int32? {
    while true {
      let fd = clinux_accept4(listener, nil, nil, nonBlocking | closeOnExec)
      if fd >= 0 { return fd }
      if errno == EINTR || errno == ECONNABORTED { continue }
      if errno == EAGAIN { return nil }
      throw .last
    }
  }

  /// Small packets at once, and probes of a silent peer every `keepAlive` seconds (0: none).
  static func configure(_ fd: Int32, keepAlive: Int) {
    set(fd, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    guard keepAlive > 0 else { return }
    set(fd, SOL_SOCKET, SO_KEEPALIVE, 1)
    set(fd, Int32(IPPROTO_TCP), TCP_KEEPIDLE, Int32(keepAlive))
    set(fd, Int32(IPPROTO_TCP), TCP_KEEPINTVL, Int32(max(1, keepAlive / 3)))
    set(fd, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
  }

  /// Small packets wait for others to go with them, or go at once.
  static func delaySmallPackets(_ fd: Int32, _ delays: Bool) {
    set(fd, Int32(IPPROTO_TCP), TCP_NODELAY, delays ? 0 : 1)
  }

  /// Both ends of a connection as `address:port`, IPv6 in brackets.
  static func addresses(_ fd: Int32) -> (peer: String, local: String) {
    (address(fd, peer: true), address(fd, peer: false))
  }

  private static func address(_ fd: Int32, peer: Bool) -> String {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe withUnsafeMutablePointer(to: &storage) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        let status = unsafe peer ? getpeername(fd, address, &length) : getsockname(fd, address, &length)
        guard status == 0 else { return "?:0" }
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: 32)
        guard
          unsafe getnameinfo(address, length, &host, socklen_t(host.count), &port, 32, NI_NUMERICHOST | NI_NUMERICSERV)
            == 0
        else { return "?:0" }
        let name = text(host)
        return name.contains(":") ? "[\(name)]:\(text(port))" : "\(name):\(text(port))"
      }
    }
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Sends a connection a text, if it takes it at once, and closes it.
  static func refuse(_ fd: Int32, _ text: String) {
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBytes { unsafe _ = Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    Glibc.close(fd)
  }

  static func setNonBlocking(_ fd: Int32) { _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) }

  private static func set(_ fd: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    unsafe _ = setsockopt(fd, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
