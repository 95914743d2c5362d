// Unsafe: C's socket interface, addresses of memory to read into and to send from.

import CLinux
import Containers
import Glibc

/// How the bytes of a connection come and go: a socket that does not block, of TCP or of the Unix domain.
@safe
struct Transport {
  /// -1 for a client without a connection.
  let descriptor: Int32

  /// Parts of an output that are sent together.
  private static let partsPerSend = 64

  /// Reads up to `limit` bytes to where there is room for them.
  @unsafe
  func read(to space: UnsafeMutableRawPointer, atMost limit: Int) -> TransferOutcome {
    unsafe TransferOutcome(clinux_recv(descriptor, space, limit, 0))
  }

  /// Sends as much as goes at once.
  func send(_ bytes: borrowing Bytes) -> TransferOutcome { Sockets.send(descriptor, bytes) }

  /// Sends of an output what comes next, as much as goes at once.
  func send(_ output: borrowing OutputBuffer) -> TransferOutcome {
    if !output.hasLentParts {
      let start = unsafe output.buffer.baseAddress.unsafelyUnwrapped + (output.sent - output.sentLentBytes)
      return send(unsafe Bytes(unsafeStart: start, count: output.unsent))
    }
    return unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: Self.partsPerSend) { parts in
      var message = unsafe msghdr()
      unsafe message.msg_iov = parts.baseAddress
      unsafe message.msg_iovlen = output.gather(into: parts)
      return unsafe TransferOutcome(clinux_sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL)))
    }
  }
}
