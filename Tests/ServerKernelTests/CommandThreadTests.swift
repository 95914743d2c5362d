import Testing

/// Tests of what belongs to the command thread, the data set above all, within the process of the tests: suites in
/// extensions of this one run one after another, as the heap of small blocks serves one thread at a time.
@Suite(.serialized, .sharedHeap) enum CommandThreadTests {}
