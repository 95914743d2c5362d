import Glibc
import Synchronization
import Testing

@testable import Containers

/// The helper thread that frees, and what happens when it does not keep up.
@Suite struct DisposalTests {
  @Test func whoeverIsFasterThanTheThreadFreesHimself() {
    let gate = Mutex(false)
    let freed = Disposal.freedObjects
    // The thread is held up by something large.
    Disposal.free(1, bytes: Disposal.backlogBytes + 1) { while !gate.withLock({ $0 }) { usleep(1000) } }
    let ran = Mutex(false)
    Disposal.free(1, bytes: 1) { ran.withLock { $0 = true } }
    let hasRun = ran.withLock { $0 }
    #expect(hasRun, "it waits, although too much waits already")
    gate.withLock { $0 = true }
    while Disposal.freedObjects < freed + 2 { usleep(1000) }
    #expect(Disposal.pendingBytes <= Disposal.backlogBytes)
  }

  @Test func jobsRunInTheirOrder() {
    let thread = HelperThread()
    let order = Mutex<[Int]>([])
    for number in 0..<10_000 { thread.run { order.withLock { $0.append(number) } } }
    thread.drain()
    let found = order.withLock { $0 }
    #expect(found == Array(0..<10_000))
  }
}
