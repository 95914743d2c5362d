// Unsafe: C's socket interface. One wrapper for each system call.

import CLinux
import Containers
import Glibc

/// Where a socket can be connected to.
struct SocketAddress: Sendable {
  let family: Int32
  /// As connect(2) takes it.
  let bytes: [UInt8]

  /// Gives `body` the address and its length, for the time of the call.
  @unsafe
  func withAddress(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe bytes.withMemoryRebound(to: sockaddr.self) { unsafe body($0.baseAddress, socklen_t(bytes.count)) }
    }
  }
}

/// How far a read or a write came.
public enum TransferOutcome: Equatable {
  /// So many bytes, at least one.
  case bytes(Int)
  /// It has to wait.
  case nothing
  /// The other side has ended the connection.
  case ended
  case failed(SystemError)

  init(_ count: Int) {
    if count > 0 {
      self = .bytes(count)
    } else if count == 0 {
      self = .ended
    } else {
      let error = SystemError.last
      self = error.code == EAGAIN || error.code == EINTR ? .nothing : .failed(error)
    }
  }
}

extension Sockets {
  /// The addresses of a name, or of an address in numbers. Waits for name servers: not for the command thread.
  static func resolve(_ host: String, port: Int) -> Result<[SocketAddress], ListenError> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = streamSocket
    unsafe hints.ai_family = AF_UNSPEC
    var results: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, "\(port)", &hints, &results)
    if status != 0 { return .failure(ListenError(unresolved: unsafe String(cString: gai_strerror(status)))) }
    defer { unsafe freeaddrinfo(results) }
    var addresses: [SocketAddress] = []
    var next = unsafe results
    while let info = unsafe next {
      unsafe next = info.pointee.ai_next
      guard let address = unsafe info.pointee.ai_addr else { continue }
      let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: Int(info.pointee.ai_addrlen)))
      addresses.append(SocketAddress(family: unsafe info.pointee.ai_family, bytes: bytes))
    }
    return .success(addresses)
  }

  /// Begins to connect to an address, from one of `sources` if that can be done; the socket can be written to when that
  /// is done.
  static func connect(_ address: SocketAddress, from sources: [SocketAddress] = []) throws(SystemError) -> Int32 {
    let descriptor = socket(address.family, streamSocket | closeOnExec | nonBlocking, 0)
    if descriptor < 0 { throw .last }
    for source in sources where source.family == address.family {
      if unsafe source.withAddress({ unsafe bind(descriptor, $0, $1) }) == 0 { break }
    }
    let status = unsafe address.withAddress { unsafe Glibc.connect(descriptor, $0, $1) }
    if status == 0 || errno == EINPROGRESS { return descriptor }
    let error = SystemError.last
    close(descriptor)
    throw error
  }

  /// What became of a connection that was begun; nil when it stands.
  static func connectError(_ descriptor: Int32) -> SystemError? {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return .last }
    return code == 0 ? nil : SystemError(code: code)
  }

  /// Reads up to `limit` bytes behind what a buffer holds.
  static func read(_ descriptor: Int32, into buffer: inout ByteBuffer, atMost limit: Int) -> TransferOutcome {
    buffer.reserve(limit)
    let outcome = unsafe TransferOutcome(clinux_recv(descriptor, buffer.freeSpace, limit, 0))
    if case .bytes(let count) = outcome { unsafe buffer.advance(by: count) }
    return outcome
  }

  /// Sends as much as goes at once.
  static func send(_ descriptor: Int32, _ bytes: borrowing Bytes) -> TransferOutcome {
    unsafe TransferOutcome(clinux_send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
  }

  static func close(_ descriptor: Int32) { Glibc.close(descriptor) }
}
