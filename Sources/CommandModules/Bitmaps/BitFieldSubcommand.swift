import Containers
import ServerKernel

/// How a field's bits make a number: `i1` to `i64`, `u1` to `u63`.
struct BitFieldType {
  let isSigned: Bool
  let width: Int

  init(_ argument: borrowing Bytes) throws(CommandError) {
    let isSigned = argument.count > 0 && argument[0] == UInt8(ascii: "i")
    guard argument.count > 0, isSigned || argument[0] == UInt8(ascii: "u"),
      let width = argument[1..<argument.count].integer, width >= 1, width <= (isSigned ? 64 : 63)
    else {
      throw .literal(
        "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.")
    }
    self.isSigned = isSigned
    self.width = Int(width)
  }

  /// The number that a field's bits make.
  func number(_ bits: UInt64) -> Int64 {
    if !isSigned { return Int64(bitPattern: bits) }
    let unused = Int64(64 - width)
    return (Int64(bitPattern: bits) << unused) >> unused
  }

  /// All numbers that a field can hold.
  var numbers: ClosedRange<Int128> {
    isSigned ? -(1 << Int128(width - 1))...(1 << Int128(width - 1)) - 1 : 0...(1 << Int128(width)) - 1
  }
}

/// What becomes of numbers that a field cannot hold.
enum BitFieldOverflow {
  case wrap, saturate, fail
}

/// One subcommand of BITFIELD.
struct BitFieldSubcommand {
  enum Action {
    case get
    case set(Int64)
    case increment(Int64)
  }

  enum Outcome {
    case changed, unchanged
    /// Nothing was to be stored, or nothing could be.
    case notStored
  }

  var action: Action
  var type: BitFieldType
  var offset: Int
  var overflow: BitFieldOverflow

  /// The last bit of the field.
  var lastBit: Int { offset + type.width - 1 }

  /// The field's number.
  func read(_ text: borrowing Bytes) -> Int64 { type.number(text.bitField(at: offset, width: type.width)) }

  /// Carries the subcommand out on a string that holds the field whole, and replies.
  func execute(on string: inout ByteBuffer, _ reply: Reply) -> Outcome {
    let old = read(string.bytes)
    let wanted: Int128
    switch action {
    case .get:
      reply.integer(old)
      return .notStored
    case .set(let value): wanted = type.isSigned ? Int128(value) : Int128(UInt64(bitPattern: value))
    case .increment(let increment): wanted = Int128(old) + Int128(increment)
    }
    guard let bits = storable(wanted) else {
      reply.null()
      return .notStored
    }
    let new = type.number(bits)
    string.setBitField(at: offset, width: type.width, to: bits)
    if case .set = action { reply.integer(old) } else { reply.integer(new) }
    return new == old ? .unchanged : .changed
  }

  /// The bits of a number, or of what overflow makes of it; nil when that is nothing.
  private func storable(_ number: Int128) -> UInt64? {
    let numbers = type.numbers
    let isInRange = numbers.contains(number)
    let kept: Int128
    switch overflow {
    case .wrap: kept = number
    case .saturate:
      kept = isTakenForTooHigh(number) ? numbers.upperBound : min(max(number, numbers.lowerBound), numbers.upperBound)
    case .fail:
      if !isInRange { return nil }
      kept = number
    }
    return UInt64(truncatingIfNeeded: kept) & (.max >> UInt64(64 - type.width))
  }

  /// Whether a number that SET is to store is so low that 64 bits do not hold how far it is from the highest: Redis
  /// finds it above that.
  private func isTakenForTooHigh(_ number: Int128) -> Bool {
    guard case .set = action, type.isSigned, type.width < 64 else { return false }
    return type.numbers.upperBound - number > Int128(Int64.max)
  }
}
