import Containers

/// Makes the bytes of a file of an encoder's pieces: compresses strings, and sums up. Used by one thread at a time.
public final class RDBStream: @unchecked Sendable {
  private let compressor = LZFCompressor()
  private let checksums: Bool
  private var checksum = CRC64()
  private var output = ByteBuffer()
  private var compressed = ByteBuffer()

  /// What a buffer keeps for the next piece.
  private static let keptCapacity = 1 << 20

  /// A stream that has given nothing; the last bytes of the file are its checksum, or zero.
  public init(checksums: Bool) { self.checksums = checksums }

  /// Calls `write` with the next bytes of the file. Returns how many keys the piece begins.
  @discardableResult
  public func process(_ piece: borrowing Bytes, _ write: (borrowing Bytes) -> Void) -> Int {
    var output = ByteBuffer()
    swap(&output, &self.output)
    RDBPiece.visit(piece, plain: { output.append($0) }, string: { append($0, to: &output) })
    give(output.bytes, write)
    output.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    swap(&output, &self.output)
    return RDBPiece.keyCount(piece)
  }

  /// Calls `write` with bytes that are no piece.
  public func give(_ bytes: borrowing Bytes, _ write: (borrowing Bytes) -> Void) {
    if checksums { checksum.update(bytes) }
    write(bytes)
  }

  /// Calls `write` with what ends the file.
  public func end(_ write: (borrowing Bytes) -> Void) {
    var end = ByteBuffer()
    end.append(Opcode.end.rawValue)
    give(end.bytes, write)
    end.removeAll()
    end.append(littleEndian: checksum.value)
    write(end.bytes)
  }

  /// Appends a string, which ends before the slack, compressed where that is shorter.
  private func append(_ string: borrowing Bytes, to output: inout ByteBuffer) {
    var compressed = ByteBuffer()
    swap(&compressed, &self.compressed)
    compressed.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    let count = string.count - LZFCompressor.slack
    // What is gained has to be more than the second length takes.
    if compressor.compress(string, count: count, into: &compressed, gain: 4) {
      output.append(0xc3)
      output.append(length: compressed.count)
      output.append(length: count)
      output.append(compressed.bytes)
    } else {
      output.append(plainString: string[0..<count])
    }
    swap(&compressed, &self.compressed)
  }
}
