import Containers
import ServerKernel

/// What BITOP does with its sources.
enum BitOperation {
  case and, or, xor, not
  /// Bits of the first source alone, and of the others alone.
  case diff, diff1
  /// Bits of the first source that one of the others has, too.
  case andOr
  /// Bits that exactly one source has.
  case one

  /// The operation that an argument names.
  init(_ call: borrowing Call, _ index: Int) throws(CommandError) {
    if call.matches(index, "AND") {
      self = .and
    } else if call.matches(index, "OR") {
      self = .or
    } else if call.matches(index, "XOR") {
      self = .xor
    } else if call.matches(index, "NOT") {
      self = .not
    } else if call.matches(index, "DIFF") {
      self = .diff
    } else if call.matches(index, "DIFF1") {
      self = .diff1
    } else if call.matches(index, "ANDOR") {
      self = .andOr
    } else if call.matches(index, "ONE") {
      self = .one
    } else {
      throw .syntax
    }
  }

  /// Refuses a number of sources that the operation is not made for.
  func check(sources: Int) throws(CommandError) {
    switch self {
    case .not where sources > 1: throw .literal("ERR BITOP NOT must be called with a single source key.")
    case .diff where sources < 2: throw .literal("ERR BITOP DIFF must be called with at least two source keys.")
    case .diff1 where sources < 2: throw .literal("ERR BITOP DIFF1 must be called with at least two source keys.")
    case .andOr where sources < 2: throw .literal("ERR BITOP ANDOR must be called with at least two source keys.")
    default: break
    }
  }
}

/// Combines strings block by block: a block of the result stays in the cache while all sources pass over it.
struct BitCombiner: ~Copyable {
  private static let blockSize = 16 << 10

  private let operation: BitOperation
  private var result = ByteBuffer()
  private let count: Int
  /// Of ONE: bits of the block that several sources have, and those that come to them.
  private var repeated = ByteBuffer(), scratch = ByteBuffer()

  /// Begins a result of `count` bytes.
  init(_ operation: BitOperation, count: Int) {
    self.operation = operation
    self.count = count
    result.reserveExactly(count)
  }

  /// The result, once `appendBlock` has nothing to add.
  consuming func finish() -> ByteBuffer { result }

  /// Adds the next block; false when the result is complete.
  mutating func appendBlock(_ sources: borrowing StringTexts) -> Bool {
    if result.count == count { return false }
    let start = result.count
    result.append(repeating: 0, count: min(Self.blockSize, count - start))
    switch operation {
    case .and:
      combine(.or, start, sources, 0..<1)
      combine(.and, start, sources, 1..<sources.count)
    case .or: combine(.or, start, sources, 0..<sources.count)
    case .xor: combine(.xor, start, sources, 0..<sources.count)
    case .not:
      combine(.or, start, sources, 0..<1)
      result.invert(from: start)
    case .diff:
      combine(.or, start, sources, 0..<1)
      combine(.andNot, start, sources, 1..<sources.count)
    case .diff1:
      combine(.or, start, sources, 1..<sources.count)
      combine(.andNot, start, sources, 0..<1)
    case .andOr:
      combine(.or, start, sources, 1..<sources.count)
      combine(.and, start, sources, 0..<1)
    case .one: Self.combineToOne(&result, &repeated, &scratch, start, sources)
    }
    return true
  }

  /// Combines the block at `start` with each of the sources.
  private mutating func combine(
    _ combination: BitCombination, _ start: Int, _ sources: borrowing StringTexts, _ indices: Range<Int>
  ) {
    for index in indices {
      let source = sources[index]
      let part = min(start, source.count)..<min(result.count, source.count)
      result.combine(combination, at: start, with: source[part])
      if combination == .and { result.clear(from: start + part.count) }
    }
  }

  private static func combineToOne(
    _ result: inout ByteBuffer, _ repeated: inout ByteBuffer, _ scratch: inout ByteBuffer, _ start: Int,
    _ sources: borrowing StringTexts
  ) {
    repeated.removeAll()
    repeated.append(repeating: 0, count: result.count - start)
    for index in 0..<sources.count {
      let source = sources[index]
      let part = min(start, source.count)..<min(result.count, source.count)
      scratch.removeAll()
      scratch.append(result.bytes[start..<start + part.count])
      scratch.combine(.and, at: 0, with: source[part])
      repeated.combine(.or, at: 0, with: scratch.bytes)
      result.combine(.or, at: start, with: source[part])
    }
    result.combine(.andNot, at: start, with: repeated.bytes)
  }
}
