import Containers
import ServerKernel

// Entries and identifiers as they are replied.
extension Reply {
  /// An identifier.
  func id(_ id: StreamID) {
    let text = StreamIDText(id)
    bulk(text.bytes)
  }

  /// An entry: its identifier, and its fields and values in one array.
  func entry(_ entry: borrowing StreamEntry) {
    array(2)
    id(entry.id)
    array(2 * entry.fieldCount)
    entry.forEachField { field, value in
      bulk(field)
      bulk(value)
    }
  }
}

extension Stream {
  /// Replies an array of the entries of a range, `count` of them at most unless that is 0.
  func reply(_ reply: Reply, from first: StreamID, to last: StreamID, count: Int, reversed: Bool = false) {
    let entries = reply.deferredArray()
    var replied = 0
    if reversed {
      forEachReversed(from: first, to: last) { entry in
        reply.entry(entry)
        replied += 1
        return replied != count && !reply.isCut
      }
    } else {
      forEach(from: first, to: last) { entry in
        reply.entry(entry)
        replied += 1
        return replied != count && !reply.isCut
      }
    }
    reply.finish(entries, count: replied)
  }
}
