/// What an I/O thread has done since its number came into use.
public struct IOThreadFigures {
  /// Connections read.
  public internal(set) var reads = 0
  /// Outputs sent.
  public internal(set) var writes = 0
}

extension Server {
  /// How many threads read and write for the command thread.
  public var ioThreadCount: Int { loop.threads.helperCount }
  /// Whether they have the work of clients now.
  public var ioThreadsAreActive: Bool { loop.state.value.threadUse.isActive }
  /// What each I/O thread that there is, or was, has done.
  public var ioThreadFigures: [IOThreadFigures] { loop.threads.figures }
  /// CPU time that each I/O thread has taken, microseconds.
  public var ioThreadProcessorTimes: [Int] { loop.threads.processorTimes }
}
