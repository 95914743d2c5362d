import Containers

/// A listener for the effects of commands, in their order: the append-only file, and replicas.
///
/// Effects arrive as the bytes of whole commands in RESP, and always for one database at a time.
public protocol JournalListener: AnyObject {
  /// Takes the effect of a command in `database`; -1 when it is the same for all (MULTI, EXEC).
  func append(_ commands: borrowing Bytes, database: Int)
  /// The tick's commands are all executed and their replies are about to be sent.
  func flush()
}

/// What a command leaves for the append-only file and for replicas; a handle that is free to copy.
///
/// A command that changed something is journaled with its own arguments unless it replaces them. It must, when
/// the result depends on the time, on chance or on rounding.
@safe
public struct Journal {
  let state: Place<JournalState>

  /// Replaces the command by another one; called again, by several, which then reach the journal as a unit.
  public func replace(_ name: StaticString) {
    begin(name, arguments: 0)
  }

  public func replace(_ name: StaticString, _ a: borrowing Bytes) {
    begin(name, arguments: 1)
    argument(a)
  }

  public func replace(_ name: StaticString, _ a: borrowing Bytes, _ b: borrowing Bytes) {
    begin(name, arguments: 2)
    argument(a)
    argument(b)
  }

  public func replace(_ name: StaticString, _ a: borrowing Bytes, _ b: borrowing Bytes, _ c: borrowing Bytes) {
    begin(name, arguments: 3)
    argument(a)
    argument(b)
    argument(c)
  }

  public func replace(
    _ name: StaticString, _ a: borrowing Bytes, _ b: borrowing Bytes, _ c: borrowing Bytes, _ d: borrowing Bytes
  ) {
    begin(name, arguments: 4)
    argument(a)
    argument(b)
    argument(c)
    argument(d)
  }

  /// Begins a replacement of `arguments` arguments after its name; they follow by `argument`.
  public func begin(_ name: StaticString, arguments: Int) {
    state.value.replacements += 1
    state.value.replacement.begin(name, arguments: arguments)
  }

  public func argument(_ bytes: borrowing Bytes) { state.value.replacement.argument(bytes) }
  public func argument(_ integer: Int64) { state.value.replacement.argument(integer) }

  /// The command leaves nothing, although it changed something: what it did is journaled elsewhere.
  public func suppress() { state.value.isSuppressed = true }

  /// Journals the command with its arguments although it counts no change.
  public func force() { state.value.isForced = true }
}

struct JournalState: ~Copyable {
  /// Listeners, in the order in which they are told.
  var listeners: [any JournalListener] = []
  var replacement = CommandWriter()
  var replacements = 0
  var isSuppressed = false
  var isForced = false
  /// Commands run as a unit (EXEC, a script): the first effect is preceded by MULTI.
  var unitDepth = 0
  var unitIsOpen = false

  var hasOverride: Bool { replacements > 0 || isSuppressed || isForced }

  mutating func clearOverride() {
    if replacements > 0 { replacement.output.removeAll(keepingCapacityUpTo: 64 << 10) }
    replacements = 0
    isSuppressed = false
    isForced = false
  }

  mutating func emit(_ commands: borrowing Bytes, database: Int) {
    if unitDepth > 0 && !unitIsOpen {
      unitIsOpen = true
      for listener in listeners { listener.append(Bytes("*1\r\n$5\r\nMULTI\r\n"), database: database) }
    }
    for listener in listeners { listener.append(commands, database: database) }
  }

  mutating func beginUnit() { unitDepth += 1 }

  mutating func endUnit(database: Int) {
    unitDepth -= 1
    guard unitDepth == 0, unitIsOpen else { return }
    unitIsOpen = false
    for listener in listeners { listener.append(Bytes("*1\r\n$4\r\nEXEC\r\n"), database: -1) }
  }
}
