import Containers

/// A client that waits: in the queues of some keys, with a command to try again, until a time.
final class BlockedState {
  let command: CommandHandle
  let arguments: OwnedArguments
  /// The kind of value that the client waits for.
  let kind: UInt8
  let onTimeout: BlockTimeout
  /// What the client is told when a key loses its value of that kind; nil when it goes on waiting.
  let onRemoval: StaticString?
  /// Its replies are withheld (CLIENT REPLY).
  let isMuted: Bool
  var places: [(queue: WaitQueue, ticket: UInt64)] = []
  var timer: Timers.Timer?

  init(
    _ command: CommandHandle, _ arguments: OwnedArguments, kind: UInt8, onTimeout: BlockTimeout,
    onRemoval: StaticString?, isMuted: Bool
  ) {
    self.command = command
    self.arguments = arguments
    self.kind = kind
    self.onTimeout = onTimeout
    self.onRemoval = onRemoval
    self.isMuted = isMuted
  }
}
