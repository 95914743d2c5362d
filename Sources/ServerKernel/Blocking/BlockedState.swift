import Containers

/// A client that waits: in the queues of some keys, with a command to try again, until a time.
final class BlockedState {
  let command: CommandHandle
  let arguments: OwnedArguments
  /// The kind of value that the client waits for.
  let kind: UInt8
  /// It is also to hear that a key has no value of that kind any more.
  let mindsLoss: Bool
  let onTimeout: BlockTimeout
  /// Its replies are withheld (CLIENT REPLY).
  let isMuted: Bool
  var places: [(queue: WaitQueue, ticket: UInt64)] = []
  var timer: Timers.Timer?

  init(
    _ command: CommandHandle, _ arguments: OwnedArguments, kind: UInt8, mindsLoss: Bool,
    onTimeout: BlockTimeout, isMuted: Bool
  ) {
    self.command = command
    self.arguments = arguments
    self.kind = kind
    self.mindsLoss = mindsLoss
    self.onTimeout = onTimeout
    self.isMuted = isMuted
  }
}
