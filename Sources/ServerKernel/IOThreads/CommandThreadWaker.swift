import Containers
import Synchronization

/// Wakes the command thread where it waits for events, or for what threads have been given.
final class CommandThreadWaker: Sendable {
  private let inPoller = WakeFlag()
  private let amongJobs = WakeFlag()
  private let jobDone = Semaphore()
  private let mailbox: Mailbox
  private let awaitsSending = Atomic<Bool>(false)

  init(_ mailbox: Mailbox) { self.mailbox = mailbox }

  // MARK: The command thread

  /// It is about to wait for events. Outputs that are sent are news only if it has more of them than can be given.
  func willPoll(hasOutputs: Bool) {
    awaitsSending.store(hasOutputs, ordering: .relaxed)
    inPoller.raise()
  }

  /// It has waited, or does not.
  func didPoll() { inPoller.lower() }

  /// Waits until a job is done that it has to see to. `isDone` is asked once more whether there is one.
  func waitForJob(unless isDone: () -> Bool) {
    awaitsSending.store(false, ordering: .relaxed)
    amongJobs.raise()
    // Where the flag is down already, a post has come, or comes.
    if isDone() && amongJobs.lower() { return }
    jobDone.wait()
  }

  // MARK: Other threads

  /// Something was done that it has to see to.
  func wakeIfAsleep() {
    if amongJobs.mustWake() { jobDone.post() } else if inPoller.mustWake() { mailbox.wake() }
  }

  /// Outputs were sent, and need nothing else.
  func didSend() {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if awaitsSending.load(ordering: .relaxed) { wakeIfAsleep() }
  }
}
