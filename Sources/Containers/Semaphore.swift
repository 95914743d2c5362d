// Unsafe: a POSIX semaphore at an address that is fixed for its life.

import Glibc

/// A POSIX semaphore.
@safe
public final class Semaphore: @unchecked Sendable {
  private let place: UnsafeMutablePointer<sem_t>

  /// One that nobody has posted to.
  public init() {
    unsafe place = .allocate(capacity: 1)
    unsafe sem_init(place, 0, 0)
  }

  deinit {
    unsafe sem_destroy(place)
    unsafe place.deallocate()
  }

  /// Lets one wait end.
  public func post() { unsafe sem_post(place) }

  /// Waits for a post that no other wait has taken.
  public func wait() { while unsafe sem_wait(place) != 0 {} }
}
