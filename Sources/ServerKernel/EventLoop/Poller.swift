// Unsafe: C's epoll interface. One wrapper for each system call.

import CLinux
import Glibc

/// epoll: which descriptors can be read or written.
@safe
final class Poller {
  struct Events: OptionSet {
    let rawValue: UInt32
    static let readable = Events(rawValue: 0x001)
    static let writable = Events(rawValue: 0x004)
    static let failed = Events(rawValue: 0x008)
    static let hungUp = Events(rawValue: 0x010)
  }

  private let descriptor: Int32
  private let events: UnsafeMutablePointer<epoll_event>
  private let capacity = 1024

  init() {
    descriptor = epoll_create1(Int32(bitPattern: 0x80000))
    precondition(descriptor >= 0, "epoll_create1 failed")
    unsafe events = .allocate(capacity: capacity)
  }

  /// Watches a descriptor. `token` comes back with its events.
  func add(_ fd: Int32, _ interest: Events, token: UInt64) -> Bool { control(EPOLL_CTL_ADD, fd, interest, token) }

  func modify(_ fd: Int32, _ interest: Events, token: UInt64) { _ = control(EPOLL_CTL_MOD, fd, interest, token) }

  func remove(_ fd: Int32) { _ = control(EPOLL_CTL_DEL, fd, [], 0) }

  private func control(_ operation: Int32, _ fd: Int32, _ interest: Events, _ token: UInt64) -> Bool {
    var event = unsafe epoll_event()
    unsafe event.events = interest.rawValue
    unsafe event.data.u64 = token
    return unsafe epoll_ctl(descriptor, operation, fd, &event) == 0
  }

  /// Waits up to `milliseconds` (-1: for ever) and returns how many events there are.
  func wait(milliseconds: Int32) -> Int {
    let count = unsafe epoll_wait(descriptor, events, Int32(capacity), milliseconds)
    return max(0, Int(count))
  }

  subscript(index: Int) -> (token: UInt64, events: Events) {
    let event = unsafe events[index]
    return unsafe (event.data.u64, Events(rawValue: event.events))
  }
}
