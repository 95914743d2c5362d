import ConformanceSupport
import Testing

/// A suite whose containers live in the shared heap, for serialized ones: see `HeapTurn`.
struct SharedHeapTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await HeapTurn.shared.run(function)
  }
}

extension Trait where Self == SharedHeapTrait {
  static var sharedHeap: SharedHeapTrait { SharedHeapTrait() }
}
