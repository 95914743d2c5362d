// Unsafe: names are C strings, for the report of a crash.

import Containers
import Glibc

/// How dispatch refers to a command: entries are never freed.
typealias CommandHandle = Place<CommandEntry>

/// One registered command as dispatch needs it. The rest of its metadata is in `Command`.
@safe
@usableFromInline
struct CommandEntry: ~Copyable {
  @usableFromInline let type: any RedisCommand.Type
  @usableFromInline let flags: CommandFlags
  /// Arguments with the name; -n means at least n.
  @usableFromInline let arity: Int
  /// The argument that is the first key, if the call has keys; 0 when the command has none at a fixed place.
  @usableFromInline let firstKey: Int
  /// From one key to the next, 0 when there is a single one.
  let keyStep: Int
  /// The last key: relative to the first, or when negative to the end of the arguments.
  let lastKey: Int
  /// The argument that names an element of the value at the first key, 0 for none.
  let element: Int
  let hasSubcommands: Bool
  let command: Command
  /// The full name as a C string, for the report of a crash.
  let name: UnsafePointer<CChar>

  // Statistics, in ticks of the CPU's counter.
  var calls = 0
  var ticks: UInt64 = 0
  var rejectedCalls = 0
  var failedCalls = 0
  var histogram: LatencyHistogram?

  init(type: any RedisCommand.Type, command: Command) {
    self.type = type
    self.command = command
    flags = command.spec.flags
    arity = command.spec.arity
    firstKey = command.firstKey
    unsafe name = UnsafePointer(strdup(command.fullName))
    if firstKey > 0, case .range(let last, let step, _)? = command.spec.keys.first?.extent, last != 0 {
      keyStep = step
      lastKey = last
    } else {
      keyStep = 0
      lastKey = 0
    }
    element = type.elementArgument
    hasSubcommands = !command.subcommands.isEmpty
  }

  func accepts(_ count: Int) -> Bool { arity >= 0 ? count == arity : count >= -arity }
}

/// One registered command, or subcommand, with everything that is known of it.
@safe
public final class Command {
  /// The code of the command.
  public let type: any RedisCommand.Type
  /// Its metadata.
  public let spec: CommandSpec
  /// The name with its parent's: `config|get`.
  public let fullName: String
  /// Its subcommands, in the order of the specification.
  public internal(set) var subcommands: [Command] = []
  /// The name that clients use: `rename-command` changes it.
  public internal(set) var activeName: String
  public private(set) weak var parent: Command?
  let firstKey: Int
  private(set) var entry: CommandHandle?

  init(_ type: any RedisCommand.Type, _ spec: CommandSpec, parent: Command?) {
    self.type = type
    self.spec = spec
    self.parent = parent
    activeName = spec.name
    fullName = parent.map { "\($0.spec.name)|\(spec.name)" } ?? spec.name
    firstKey = Self.firstKey(of: spec)
  }

  private static func firstKey(of spec: CommandSpec) -> Int {
    guard let keys = spec.keys.first, !keys.flags.contains(.notKey), case .index(let index) = keys.start else {
      return 0
    }
    switch keys.extent {
    case .range: return index
    case .counted(_, let first, _): return index + first
    case .unknown: return 0
    }
  }

  /// First key, last key and step as COMMAND INFO lists them: what the key specs come to as one range.
  public var legacyRange: (first: Int, last: Int, step: Int) {
    var range: (first: Int, last: Int, step: Int)?
    for key in spec.keys {
      guard case .index(let start) = key.start, case .range(let last, let step, 0) = key.extent else { continue }
      let end = last >= 0 ? start + last : last
      guard let before = range else {
        range = (start, end, step)
        continue
      }
      // Ranges that follow one another join.
      if before.last + 1 == start && before.step == step { range = (before.first, end, step) }
    }
    return range ?? (0, 0, 0)
  }

  /// Calls so far, and the time they took.
  public var calls: Int { entry?.value.calls ?? 0 }
  /// Calls refused before they were executed: wrong arity, no memory, wrong state.
  public var rejectedCalls: Int { entry?.value.rejectedCalls ?? 0 }
  /// Calls that were executed and replied with an error.
  public var failedCalls: Int { entry?.value.failedCalls ?? 0 }
  /// The time that calls took, in ticks of `Clock`.
  var ticks: UInt64 { entry?.value.ticks ?? 0 }
  /// How long calls took; nil when there was none, or `latency-tracking` is off.
  public var histogram: LatencyHistogram? { entry?.value.histogram }

  func makeEntry() { entry = CommandHandle(CommandEntry(type: type, command: self)) }

  /// The entry of a command that is in the table.
  var handle: CommandHandle {
    guard let entry else { preconditionFailure("\(fullName) is in no table") }
    return entry
  }

  func resetStatistics() {
    entry?.value.calls = 0
    entry?.value.ticks = 0
    entry?.value.rejectedCalls = 0
    entry?.value.failedCalls = 0
    if let histogram = entry?.value.histogram { unsafe histogram.free() }
    entry?.value.histogram = nil
  }
}
