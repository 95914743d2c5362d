import Containers
import ServerKernel
import Synchronization

/// Syncs files, on a thread of its own or at once, and remembers what came of it.
final class Syncer: Sendable {
  let thread = HelperThread()
  private let lastCode = Atomic<Int32>(0)
  private let failureCount = Atomic<Int>(0)

  /// Syncs asked for that have not come back.
  var pending: Int { thread.pendingJobs }

  /// What the last sync ended with.
  var error: SystemError? {
    let code = lastCode.load(ordering: .acquiring)
    return code == 0 ? nil : SystemError(code: code)
  }

  /// How many failed.
  var failures: Int { failureCount.load(ordering: .acquiring) }

  /// Syncs a file on the thread, and closes it then if asked to; `whenSynced` is called there unless that fails.
  func sync(_ file: File, closing: Bool = false, whenSynced: @escaping @Sendable () -> Void) {
    thread.run { [self] in
      let error = file.sync()
      note(error)
      if closing { file.close() }
      if error == nil { whenSynced() }
    }
  }

  /// Closes a file, behind the syncs asked for before.
  func close(_ file: File) { thread.run { file.close() } }

  /// Syncs a file while the caller waits.
  func syncNow(_ file: File) -> SystemError? {
    let error = file.sync()
    note(error)
    return error
  }

  /// Takes what a sync ended with that was made elsewhere.
  func note(_ error: SystemError?) {
    if error != nil { failureCount.add(1, ordering: .acquiringAndReleasing) }
    lastCode.store(error?.code ?? 0, ordering: .releasing)
  }

  /// Waits until all syncs asked for have come back.
  func drain() { thread.drain() }
}
