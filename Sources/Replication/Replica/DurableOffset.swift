import Persistence
import ServerKernel

/// How much of a primary's stream a replica has on disk, in its append-only file.
///
/// Now and then it is noted what offset of the stream an end of the file stands for; that is on disk when the file is
/// up to there.
struct DurableOffset {
  private var notes: [(offset: Int64, fileEnd: Int64)] = []
  /// The offset; nil until it is known.
  private(set) var value: Int64?

  /// Notes that bigger than this are thinned out.
  private static let mostNotes = 1024

  /// The stream up to `offset` has been given to the file that ends here now.
  mutating func note(_ offset: Int64, _ server: Server) {
    guard let durability = server.service(Durability.self), durability.isKept else { return notes = [] }
    if notes.last?.offset == offset || value == offset { return }
    // The disk is far behind: the last one stands for those before it as well.
    if notes.count == Self.mostNotes { notes.removeLast() }
    notes.append((offset, server.journal.fileEnd))
  }

  /// Looks what is on disk by now; whether that is more than before.
  mutating func update(_ server: Server) -> Bool {
    guard let end = server.service(Durability.self)?.end else {
      value = nil
      return false
    }
    let count = notes.prefix { $0.fileEnd <= end }.count
    if count == 0 { return false }
    value = notes[count - 1].offset
    notes.removeFirst(count)
    return true
  }
}
