/// When a command began, by the CPU's counter: it is known, and costs nothing to take.
public struct CommandStamp: Sendable {
  fileprivate let ticks: UInt64
}

extension Context {
  /// When the running command began.
  public var began: CommandStamp { CommandStamp(ticks: stamp) }
}

extension Server {
  /// Milliseconds since a command began.
  public func milliseconds(since began: CommandStamp) -> Int {
    state.value.tickRate.microseconds(Clock.ticks() &- began.ticks) / 1000
  }
}
