import Containers
import ServerKernel

/// The commands that took longest lately, newest last.
final class SlowLog {
  /// One slow command.
  struct Entry {
    let number: Int
    /// Unix seconds.
    let time: Int64
    let microseconds: Int
    /// Shortened: a slow log that keeps whole values would be slow itself.
    let arguments: [[UInt8]]
    let address: String
    let name: String
  }

  private static let mostArguments = 32
  private static let mostBytes = 128

  /// From how many microseconds on a command is in it; negative: none.
  let threshold = Setting("slowlog-log-slower-than", default: 10000, range: -1...Int.max)
  /// How many commands it keeps.
  let length = Setting("slowlog-max-len", default: 128, range: 0...Int.max)

  private(set) var entries: [Entry] = []
  private var nextNumber = 0

  static func register(in registry: Registry) {
    let log = SlowLog()
    let server = registry.server
    registry.setService(log)
    registry.add(
      log.threshold.parameter(onChange: { server.slowThresholdChanged() }),
      log.length.parameter(onChange: { log.dropOldest() }))
    registry.onSlowCommand(from: { log.threshold.value < 0 ? nil : log.threshold.value }) {
      call, client, command, microseconds, outcome in
      // One that waits is in it when it has been served.
      if outcome == .blocked || command.spec.flags.contains(.skipSlowlog) { return }
      log.add(call, client, microseconds, server)
    }
  }

  static func of(_ server: Server) -> SlowLog {
    guard let found = server.service(SlowLog.self) else { preconditionFailure("the module registers it") }
    return found
  }

  private func add(_ call: borrowing Call, _ client: Client, _ microseconds: Int, _ server: Server) {
    entries.append(
      Entry(
        number: nextNumber, time: Clock.unixMicroseconds() / 1_000_000, microseconds: microseconds,
        arguments: Self.shortened(call, server), address: client.address, name: client.name))
    nextNumber += 1
    dropOldest()
  }

  private func dropOldest() {
    let excess = entries.count - length.value
    if excess > 0 { entries.removeFirst(excess) }
  }

  func removeAll() { entries.removeAll() }

  private static func shortened(_ call: borrowing Call, _ server: Server) -> [[UInt8]] {
    let count = min(call.count, mostArguments)
    var arguments: [[UInt8]] = []
    for index in 0..<count {
      let argument = call[index]
      if count < call.count && index == count - 1 {
        arguments.append(Array("... (\(call.count - count + 1) more arguments)".utf8))
      } else if server.isRedacted(index) {
        arguments.append(Array("(redacted)".utf8))
      } else if argument.count > mostBytes {
        arguments.append(
          argument[0..<mostBytes].array + Array("... (\(argument.count - mostBytes) more bytes)".utf8))
      } else {
        arguments.append(argument.array)
      }
    }
    return arguments
  }
}
