// Unsafe: C's eventfd interface.

import CLinux
import Glibc
import Synchronization

/// Work that other threads have for the command thread.
public final class Mailbox: Sendable {
  private let queue = Mutex<[@Sendable (Server) -> Void]>([])
  let descriptor: Int32

  init() {
    descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
    precondition(descriptor >= 0, "eventfd failed")
  }

  /// Has `work` run on the command thread in its next tick. Callable from any thread.
  public func post(_ work: @escaping @Sendable (Server) -> Void) {
    queue.withLock { $0.append(work) }
    wake()
  }

  /// Has the command thread go on if it waits for something to happen. Callable from any thread.
  func wake() {
    var one: UInt64 = 1
    unsafe _ = write(descriptor, &one, 8)
  }

  func receive(_ server: Server) {
    var count: UInt64 = 0
    unsafe _ = read(descriptor, &count, 8)
    let work = queue.withLock { queue in
      let work = queue
      queue = []
      return work
    }
    for item in work { item(server) }
  }
}

/// Carries an object through another thread back to the command thread, where alone it is used.
public struct CommandThreadReference<Object: AnyObject>: @unchecked Sendable {
  /// The object; for the command thread.
  public let object: Object

  /// One to `object`.
  public init(_ object: Object) { self.object = object }
}
