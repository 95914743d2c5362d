// Unsafe: POSIX threads, to which a closure travels as an address.

import Glibc

/// A thread of the operating system. It takes no signals: those are the command thread's business.
@safe
public struct SystemThread: @unchecked Sendable {
  /// The system has no thread to give.
  public struct StartError: Error {
    /// The value of errno.
    public let code: Int32
  }

  private final class Job {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private var thread = pthread_t()

  /// Starts a thread that runs `body`, and ends with it.
  public init(_ body: @escaping @Sendable () -> Void) throws(StartError) {
    let job = unsafe Unmanaged.passRetained(Job(body))
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
        unsafe Unmanaged<Job>.fromOpaque(argument.unsafelyUnwrapped).takeRetainedValue().body()
        return nil
      }, job.toOpaque())
    if code == 0 { return }
    unsafe job.release()
    throw StartError(code: code)
  }

  /// Waits for the thread's end, which its body has to come to. Once.
  public func join() { pthread_join(thread, nil) }

  /// The CPU time that the thread has taken, microseconds; before it is joined.
  public var processorTime: Int {
    var clock = clockid_t()
    var time = timespec()
    guard unsafe pthread_getcpuclockid(thread, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else { return 0 }
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}
