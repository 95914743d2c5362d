// Unsafe: poll(2) takes the address of a structure.

import Containers
import Glibc

/// What keeps a connection that is waited for from going on.
public enum ConnectionFailure: Error {
  /// The name has no address, or the system has no descriptor.
  case unreachable
  /// Nobody listens there.
  case refused
  /// The other side ended it.
  case lost
  /// Nothing came, or went, for as long as was allowed.
  case timedOut
}

/// A TCP connection to another server that whoever uses it waits for: the command thread serves nobody meanwhile.
///
/// For what has to be done amid a command, as MIGRATE is; see `OutgoingConnection` for all else.
public final class SynchronousConnection {
  private var descriptor: Int32
  /// What was received and is not read yet.
  private var input = ByteBuffer()
  /// Milliseconds in which something has to come or go, whenever that is waited for; a day at most.
  public var patience: Int { didSet { patience = min(max(1, patience), Self.longestPatience) } }
  private static let longestPatience = 86_400_000

  /// Looks a name up and connects to it, to the first of its addresses that answers.
  public init(to host: String, port: Int, patience: Int) throws(ConnectionFailure) {
    self.patience = min(max(1, patience), Self.longestPatience)
    descriptor = -1
    guard case .success(let addresses) = Sockets.resolve(host, port: port) else { throw .unreachable }
    var failure = ConnectionFailure.unreachable
    for address in addresses {
      do throws(SystemError) {
        descriptor = try Sockets.connect(address)
      } catch {
        failure = error.code == ECONNREFUSED ? .refused : .unreachable
        continue
      }
      if !wait(for: Int16(POLLOUT)) {
        failure = .timedOut
      } else if let error = Sockets.connectError(descriptor) {
        failure = error.code == ECONNREFUSED ? .refused : .unreachable
      } else {
        Sockets.configure(descriptor, keepAlive: 0)
        return
      }
      Sockets.close(descriptor)
      descriptor = -1
    }
    throw failure
  }

  deinit { if descriptor >= 0 { Sockets.close(descriptor) } }

  /// Sends all of it.
  public func send(_ bytes: borrowing Bytes) throws(ConnectionFailure) {
    var sent = 0
    while sent < bytes.count {
      switch Sockets.send(descriptor, bytes[sent..<bytes.count]) {
      case .bytes(let count): sent += count
      case .nothing: if !wait(for: Int16(POLLOUT)) { throw .timedOut }
      case .ended, .failed: throw .lost
      }
    }
  }

  /// The next line, without its end; one of more than a megabyte is none.
  public func readLine() throws(ConnectionFailure) -> [UInt8] {
    while true {
      if let line = input.takeLine() { return line }
      if input.count > 1 << 20 { throw .lost }
      try receive()
    }
  }

  private func receive() throws(ConnectionFailure) {
    while true {
      switch Sockets.read(descriptor, into: &input, atMost: 16 << 10) {
      case .bytes: return
      case .nothing: if !wait(for: Int16(POLLIN)) { throw .timedOut }
      case .ended, .failed: throw .lost
      }
    }
  }

  /// Whether something can be done within the time that is allowed.
  private func wait(for events: Int16) -> Bool {
    let end = Clock.monotonicNanoseconds().addingSaturated(Int64(clamping: patience) &* 1_000_000)
    while true {
      let left = end - Clock.monotonicNanoseconds()
      if left <= 0 { return false }
      var request = pollfd(fd: descriptor, events: events, revents: 0)
      if unsafe poll(&request, 1, Int32(clamping: left / 1_000_000 + 1)) > 0 { return true }
    }
  }
}
