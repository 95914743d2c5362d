import Containers
import ServerKernel

/// The stream that replicas read: effects of commands while this server is a primary, the primary's own stream while it
/// is a replica.
///
/// It numbers bytes all the time, and keeps them while there is someone who may ask for them.
final class ReplicationStream: JournalListener {
  private unowned let server: Server
  /// Effects of the tick; a place, as each command adds to it.
  private let effects = Place(EffectStream())
  /// What is kept; nil while nobody may ask for it.
  private(set) var backlog: Backlog?
  /// The offset at which the stream ends while nothing is kept.
  private var idleEnd: Int64 = 0
  /// Whether effects of commands go into it.
  private(set) var takesEffects = false
  /// The least offset that someone still has to read.
  var firstNeeded: () -> Int64 = { .max }
  /// Called when there is more to read.
  var didGrow: () -> Void = {}

  init(_ server: Server) { self.server = server }

  /// How many bytes were ever in it.
  var end: Int64 { (backlog?.end ?? idleEnd) + Int64(effects.value.count) }

  /// Bytes of memory for what is kept, without the excess.
  var backlogMemory: Int { (backlog?.memoryUse ?? 0) - excessMemory }

  /// Bytes of memory for what is kept beyond the size of a backlog, as replicas have yet to read it.
  var excessMemory: Int { firstNeeded() == .max ? 0 : max(0, (backlog?.memoryUse ?? 0) - size) }

  // MARK: Keeping

  /// Begins to keep what comes, and to take effects of commands unless this server is a replica.
  func open(takingEffects: Bool) {
    if backlog == nil { backlog = Backlog(at: idleEnd) }
    take(takingEffects)
  }

  /// Has effects of commands go into the stream, or none.
  func take(_ takesEffects: Bool) {
    if takesEffects == self.takesEffects { return }
    self.takesEffects = takesEffects
    if takesEffects {
      effects.value.forgetDatabase()
      server.attach(self)
    } else {
      flush()
      effects.value.removeAll()
      server.detach(self)
    }
  }

  /// Keeps nothing any more.
  func close() {
    take(false)
    idleEnd = end
    backlog = nil
  }

  /// Goes on at another offset, with nothing kept from before.
  func restart(at offset: Int64) {
    let takesEffects = self.takesEffects, isOpen = backlog != nil
    take(false)
    idleEnd = offset
    backlog = isOpen ? Backlog(at: offset) : nil
    take(takesEffects)
  }

  /// The database that is selected at its end; any will do where what follows begins with a SELECT.
  var selectedDatabase: Int { max(0, effects.value.selected) }

  /// What comes next may be read by someone who has not read what was before.
  func beginReading() {
    flush()
    effects.value.forgetDatabase()
  }

  // MARK: Adding

  var targets: JournalTargets { .replicas }

  func append(_ commands: borrowing Bytes, database: Int) {
    effects.value.append(commands, database: database)
    server.journal.streamEnd = end
  }

  func beginUnit(database: Int) { effects.value.beginUnit(database: database) }

  func endUnit() {
    effects.value.endUnit()
    server.journal.streamEnd = end
  }

  /// Adds a command of this server's own that no database has anything to do with.
  func add(_ command: borrowing Bytes) { append(command, database: -1) }

  /// Adds bytes as they are: of a primary's stream, or a command for no database.
  func appendRaw(_ bytes: borrowing Bytes) {
    if takesEffects { return effects.value.appendRaw(bytes) }
    guard let backlog else {
      idleEnd += Int64(bytes.count)
      return
    }
    backlog.append(bytes)
    didGrow()
    trim()
  }

  /// The tick's effects become readable, all at once.
  func flush() {
    let count = effects.value.writableCount
    guard count > 0, let backlog else { return }
    backlog.append(effects.value.writable)
    effects.value.removeFirst(count)
    didGrow()
    trim()
  }

  /// Forgets what nobody reads and the backlog's size does not keep.
  func trim() {
    guard let backlog else { return }
    backlog.trim(to: min(backlog.end - Int64(size), firstNeeded()))
  }

  /// How much is kept for those who come back, bytes.
  var size = 1 << 20
}
