// Unsafe: C's epoll interface. One wrapper for each system call.

import CLinux
import Glibc

/// What a descriptor is watched for, or can be done with it.
public struct DescriptorEvents: OptionSet, Sendable {
  /// The bits of epoll(7).
  public let rawValue: UInt32

  /// Events of these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// There is something to read, or the end of it.
  public static let readable = DescriptorEvents(rawValue: 0x001)
  /// There is room to write.
  public static let writable = DescriptorEvents(rawValue: 0x004)
  /// It is in error; always watched for.
  public static let failed = DescriptorEvents(rawValue: 0x008)
  /// The other side has gone; always watched for.
  public static let hungUp = DescriptorEvents(rawValue: 0x010)
  /// The other side sends no more.
  static let peerHungUp = DescriptorEvents(rawValue: 0x2000)
  /// Each event is told once, when it comes about, and not for as long as it holds.
  static let onceEach = DescriptorEvents(rawValue: 1 << 31)
}

/// epoll: which descriptors can be read or written.
@safe
final class Poller {
  private let descriptor: Int32
  private let events: UnsafeMutablePointer<epoll_event>
  private let capacity = 1024

  init() {
    descriptor = epoll_create1(Int32(bitPattern: 0x80000))
    precondition(descriptor >= 0, "epoll_create1 failed")
    unsafe events = .allocate(capacity: capacity)
  }

  /// Watches a descriptor. `token` comes back with its events.
  func add(_ fd: Int32, _ interest: DescriptorEvents, token: UInt64) -> Bool {
    control(EPOLL_CTL_ADD, fd, interest, token)
  }

  func modify(_ fd: Int32, _ interest: DescriptorEvents, token: UInt64) {
    _ = control(EPOLL_CTL_MOD, fd, interest, token)
  }

  func remove(_ fd: Int32) { _ = control(EPOLL_CTL_DEL, fd, [], 0) }

  private func control(_ operation: Int32, _ fd: Int32, _ interest: DescriptorEvents, _ token: UInt64) -> Bool {
    var event = unsafe epoll_event()
    unsafe event.events = interest.rawValue
    unsafe event.data.u64 = token
    return unsafe epoll_ctl(descriptor, operation, fd, &event) == 0
  }

  /// Waits up to `milliseconds` (-1: for ever) and returns how many events there are.
  func wait(milliseconds: Int32) -> Int {
    let count = unsafe clinux_epoll_wait(descriptor, events, Int32(capacity), milliseconds)
    return max(0, Int(count))
  }

  /// Has the calling thread wake up in time where it waits less than a millisecond.
  static func wakeInTime() { clinux_set_timer_slack(1000) }

  /// Waits less than a millisecond; a whole one where the kernel knows nothing shorter, or a sandbox does not let it.
  func wait(nanoseconds: Int64) -> Int {
    let count = unsafe clinux_epoll_wait_briefly(descriptor, events, Int32(capacity), nanoseconds)
    return count < 0 && errno != EINTR ? wait(milliseconds: 1) : max(0, Int(count))
  }

  subscript(index: Int) -> (token: UInt64, events: DescriptorEvents) {
    let event = unsafe events[index]
    return unsafe (event.data.u64, DescriptorEvents(rawValue: event.events))
  }
}
