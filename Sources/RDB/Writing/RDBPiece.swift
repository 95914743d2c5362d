import Containers

/// Bytes that an encoder gives away: the format, but for strings that are still to be compressed, and behind it where
/// these are. Whoever takes a piece has `RDBStream` make the format's bytes of it.
///
///     +---------+--------+-------+-----+---------------+------+
///     | content | offset | count | ... | keys begun    | marks|
///     |         | 8 bytes each   |     | 8 bytes       | 8    |
///     +---------+--------+-------+-----+---------------+------+
enum RDBPiece {
  /// A string that stands in the content without its length.
  struct Mark {
    let offset: Int
    let count: Int
  }

  static func close(_ content: inout ByteBuffer, _ marks: [Mark], keys: Int) {
    for mark in marks {
      content.append(littleEndian: Int64(mark.offset))
      content.append(littleEndian: Int64(mark.count))
    }
    content.append(littleEndian: Int64(keys))
    content.append(littleEndian: Int64(marks.count))
  }

  /// Keys that a piece begins.
  static func keyCount(_ piece: borrowing Bytes) -> Int { Int(piece.word(at: piece.count - 16)) }

  /// Visits what a piece is made of, in order. A string is passed on with `LZFCompressor.slack` bytes behind it.
  static func visit(_ piece: borrowing Bytes, plain: (borrowing Bytes) -> Void, string: (borrowing Bytes) -> Void) {
    let marks = Int(piece.word(at: piece.count - 8))
    let end = piece.count - 16 - 16 * marks
    var position = 0
    for index in 0..<marks {
      let offset = Int(piece.word(at: end + 16 * index))
      let count = Int(piece.word(at: end + 16 * index + 8))
      if position < offset { plain(piece[position..<offset]) }
      // Behind the content there are two numbers and more.
      string(piece[offset..<offset + count + LZFCompressor.slack])
      position = offset + count
    }
    if position < end { plain(piece[position..<end]) }
  }
}

extension Bytes {
  /// Eight bytes from `offset` on, lowest first; a trap when out of range.
  func word(at offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 { word |= UInt64(self[offset + index]) << UInt64(8 * index) }
    return word
  }
}
