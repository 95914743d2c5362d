import Containers

/// For whom effects are meant.
public struct JournalTargets: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// The set of the given bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What is read back at the next start.
  public static let appendOnlyFile = JournalTargets(rawValue: 1 << 0)
  /// Servers that follow this one.
  public static let replicas = JournalTargets(rawValue: 1 << 1)
  /// Everyone.
  public static let all: JournalTargets = [.appendOnlyFile, .replicas]
}

/// A listener for the effects of commands, in their order: the append-only file, and replicas.
///
/// Effects arrive as the bytes of whole commands in RESP, and always for one database at a time; `EffectStream` makes
/// one stream of bytes of them.
public protocol JournalListener: AnyObject {
  /// What it is: effects that are not meant for it do not reach it.
  var targets: JournalTargets { get }
  /// Takes the effect of a command in `database`.
  func append(_ commands: borrowing Bytes, database: Int)
  /// What comes up to `endUnit`, first for `database`, is a unit: all of it counts, or nothing. It is to stand between
  /// MULTI and EXEC.
  func beginUnit(database: Int)
  /// The unit is over.
  func endUnit()
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

  /// Journals a command of one argument in place of the running one.
  public func replace(_ name: StaticString, _ a: borrowing Bytes) {
    begin(name, arguments: 1)
    argument(a)
  }

  /// Journals a command of two arguments in place of the running one.
  public func replace(_ name: StaticString, _ a: borrowing Bytes, _ b: borrowing Bytes) {
    begin(name, arguments: 2)
    argument(a)
    argument(b)
  }

  /// Journals a command of three arguments in place of the running one.
  public func replace(_ name: StaticString, _ a: borrowing Bytes, _ b: borrowing Bytes, _ c: borrowing Bytes) {
    begin(name, arguments: 3)
    argument(a)
    argument(b)
    argument(c)
  }

  /// Journals a command of four arguments in place of the running one.
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
  public func begin(_ name: StaticString, arguments: Int) { begin(Bytes(name), arguments: arguments) }

  /// Begins a replacement whose name is spelled as a client spelled it.
  public func begin(_ name: borrowing Bytes, arguments: Int) {
    if !state.value.isActive { return }
    state.value.replacements += 1
    state.value.replacement.begin(name, arguments: arguments)
  }

  /// Adds an argument to the command that was begun.
  public func argument(_ bytes: borrowing Bytes) {
    if state.value.isActive { state.value.replacement.argument(bytes) }
  }

  /// Adds a number to the command that was begun, as decimal text.
  public func argument(_ integer: Int64) {
    if state.value.isActive { state.value.replacement.argument(integer) }
  }

  /// Where the stream of effects that replicas read ends, as whoever keeps it says; clients remember it with what they
  /// wrote (`Client.effectEnd`).
  public var streamEnd: Int64 {
    get { state.value.streamEnd }
    nonmutating set { state.value.streamEnd = newValue }
  }

  /// Where that ends which the append-only file was given, as whoever keeps it says (`Client.fileEnd`).
  public var fileEnd: Int64 {
    get { state.value.fileEnd }
    nonmutating set { state.value.fileEnd = newValue }
  }

  /// The command leaves nothing, although it changed something: what it did is journaled elsewhere.
  public func suppress() { state.value.targets = [] }

  /// Journals the command with its arguments although it counts no change to a key.
  public func force() { state.value.isForced = true }

  /// As `force`, for replicas alone; nothing while there are none.
  public func forceToReplicas() {
    if !state.value.hasReplicas { return }
    state.value.isForced = true
    state.value.targets.formIntersection(.replicas)
  }
}

struct JournalState: ~Copyable {
  /// Listeners, in the order in which they are told.
  var listeners: [any JournalListener] = [] { didSet { updateActivity() } }
  /// Nothing is journaled at present, although there may be listeners: the data set is being loaded.
  var isPaused = false { didSet { updateActivity() } }
  /// Whether effects of commands go to anyone.
  private(set) var isActive = false
  /// Whether replicas are among them.
  private(set) var hasReplicas = false
  var replacement = CommandWriter()
  /// Memory for calls of which the bytes are not there that they came in, as those of a transaction.
  var restated = CommandWriter()
  var replacements = 0
  /// For whom the effects of the running command are meant.
  var targets = JournalTargets.all
  var isForced = false
  /// The running command removed an expired key: what follows of it joins that in a unit.
  var isCommandUnit = false
  /// Commands run as a unit (EXEC, a script): their effects stand between MULTI and EXEC if there is more than one.
  var unitDepth = 0
  var unitIsOpen = false
  var streamEnd: Int64 = 0
  var fileEnd: Int64 = 0
  /// The unit's first effect, held back until it is known whether others follow, and its database.
  var held = ByteBuffer()
  var heldDatabase: Int?
  var heldTargets = JournalTargets.all

  private mutating func updateActivity() {
    isActive = !isPaused && !listeners.isEmpty
    hasReplicas = isActive && listeners.contains { $0.targets.contains(.replicas) }
  }

  var hasOverride: Bool { replacements > 0 || targets != .all || isForced || isCommandUnit }

  mutating func clearOverride() {
    if replacements > 0 { replacement.output.removeAll(keepingCapacityUpTo: 64 << 10) }
    replacements = 0
    targets = .all
    isForced = false
  }

  mutating func emit(_ commands: borrowing Bytes, database: Int, count: Int = 1, to targets: JournalTargets = .all) {
    if (unitDepth > 0 || isCommandUnit) && !unitIsOpen {
      if heldDatabase == nil && count == 1 {
        heldDatabase = database
        heldTargets = targets
        held.append(commands)
        return
      }
      openUnit(database)
    }
    hand(commands, database, targets)
  }

  private func hand(_ commands: borrowing Bytes, _ database: Int, _ targets: JournalTargets) {
    if !isActive { return }
    for listener in listeners where !targets.isDisjoint(with: listener.targets) {
      listener.append(commands, database: database)
    }
  }

  private mutating func openUnit(_ database: Int) {
    unitIsOpen = true
    for listener in listeners { listener.beginUnit(database: heldDatabase ?? database) }
    releaseHeld()
  }

  private mutating func releaseHeld() {
    guard let database = heldDatabase else { return }
    heldDatabase = nil
    hand(held.bytes, database, heldTargets)
    held.removeAll(keepingCapacityUpTo: 64 << 10)
  }

  mutating func beginUnit() { unitDepth += 1 }

  mutating func endUnit() {
    unitDepth -= 1
    closeUnit()
  }

  mutating func endCommandUnit() {
    if !isCommandUnit { return }
    isCommandUnit = false
    closeUnit()
  }

  private mutating func closeUnit() {
    guard unitDepth == 0, !isCommandUnit else { return }
    if unitIsOpen {
      unitIsOpen = false
      for listener in listeners { listener.endUnit() }
    } else {
      releaseHeld()
    }
  }
}

extension Server {
  /// Has a listener take the effects of commands from now on: the AOF hook.
  public func attach(_ listener: any JournalListener) { journal.state.value.listeners.append(listener) }

  /// Has a listener take nothing more.
  public func detach(_ listener: any JournalListener) { journal.state.value.listeners.removeAll { $0 === listener } }
}
