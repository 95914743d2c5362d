/// Turns at the heap of small blocks, which serves one thread at a time: suites that use it within the process of the
/// tests take one, and run one after another.
public actor HeapTurn {
  /// The one heap's.
  public static let shared = HeapTurn()
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Runs `body` when nobody else uses the heap.
  public nonisolated func run(_ body: @Sendable () async throws -> Void) async throws {
    await take()
    do {
      try await body()
    } catch {
      await giveBack()
      throw error
    }
    await giveBack()
  }

  private func take() async {
    if !isTaken {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func giveBack() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
