// Unsafe: a thread's closure travels through pthread_create as an address.

import Glibc

/// A thread for tests of what helper threads do.
@safe
struct TestThread {
  private final class Job {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private var thread = pthread_t()

  /// Starts `body` on a thread; the test that starts it vouches for what they share.
  init(_ body: @escaping () -> Void) {
    let job = unsafe Unmanaged.passRetained(Job(body)).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<Job>.fromOpaque(argument.unsafelyUnwrapped).takeRetainedValue().body()
        return nil
      }, job)
    precondition(status == 0)
  }

  /// Waits for its end.
  func join() { pthread_join(thread, nil) }
}
