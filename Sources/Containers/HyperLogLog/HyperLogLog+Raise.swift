// Unsafe: vectors of two dense strings are read and written unaligned, at offsets that end with strings that were
// measured.

import CVector

extension HyperLogLog {
  private typealias Octets = SIMD16<UInt8>
  private typealias Halves = SIMD8<UInt16>

  /// Raises each register of a dense string to the greater one of two others, which may be the same, where it is lower:
  /// in little more time than that of one.
  static func raise(
    dense string: inout ByteBuffer, to first: borrowing Bytes, _ second: borrowing Bytes,
    usesVectorUnit: Bool = VectorUnit.isAvailable
  ) {
    let areWhole = string.count == denseSize && first.count == denseSize && second.count == denseSize
    precondition(areWhole, "a dense string of another size")
    guard let start = unsafe string.start else { return }
    let target = unsafe start + headerSize
    let sources = unsafe (first.baseAddress + headerSize, second.baseAddress + headerSize)
    if usesVectorUnit { return unsafe cvector_raise_registers(target, sources.0, sources.1) }
    unsafe masks.withUnsafeBufferPointer { masks in
      unsafe raise(target, to: sources.0, masks.baseAddress.unsafelyUnwrapped)
      if unsafe sources.0 != sources.1 { unsafe raise(target, to: sources.1, masks.baseAddress.unsafelyUnwrapped) }
    }
  }

  /// Which bits of 48 bytes, after which it repeats, are compared together, three vectors each: of the registers that
  /// lie in one byte, the first and the last of four; of those that lie in a word at an even byte; and, from a byte
  /// before on, of those in a word at an odd byte. Made at run time: masks that the compiler knows it turns into
  /// shuffles, which take longer.
  private static let masks: [Octets] = {
    var masks = [Octets](repeating: .zero, count: 9)
    for byte in 0..<48 {
      let (vector, lane) = (byte / 16, byte % 16)
      masks[vector][lane] = [0x3f, 0, 0xfc][byte % 3]
      masks[3 + vector][lane] = [0xc0, 0x0f, 0, 0, 0xf0, 0x03][byte % 6]
      masks[6 + vector][lane] = [0, 0, 0xf0, 0x03, 0xc0, 0x0f][byte % 6]
    }
    return masks
  }()

  @unsafe
  private static func raise(
    _ target: UnsafeMutableRawPointer, to source: UnsafeRawPointer, _ masks: UnsafePointer<Octets>
  ) {
    let step = MemoryLayout<Octets>.size
    for number in 0..<(denseSize - headerSize) / step {
      let (offset, part) = (number * step, number % 3)
      let (byteMask, wordMask) = unsafe (masks[part], masks[3 + part])
      let mine = unsafe target.loadUnaligned(fromByteOffset: offset, as: Octets.self)
      let theirs = unsafe source.loadUnaligned(fromByteOffset: offset, as: Octets.self)
      let bytes = pointwiseMax(mine & byteMask, theirs & byteMask)
      let words = greaterWords(mine & wordMask, theirs & wordMask)
      let raised = (mine & ~(byteMask | wordMask)) | bytes | words
      unsafe target.storeBytes(of: raised, toByteOffset: offset, as: Octets.self)
    }
    // Before the first byte is the header.
    for number in 0..<(denseSize - headerSize) / step {
      let (offset, mask) = unsafe (number * step - 1, masks[6 + number % 3])
      let mine = unsafe target.loadUnaligned(fromByteOffset: offset, as: Octets.self)
      let theirs = unsafe source.loadUnaligned(fromByteOffset: offset, as: Octets.self)
      let raised = (mine & ~mask) | greaterWords(mine & mask, theirs & mask)
      unsafe target.storeBytes(of: raised, toByteOffset: offset, as: Octets.self)
    }
  }

  private static func greaterWords(_ first: Octets, _ second: Octets) -> Octets {
    let (first, second) = unsafe (unsafeBitCast(first, to: Halves.self), unsafeBitCast(second, to: Halves.self))
    return unsafe unsafeBitCast(pointwiseMax(first, second), to: Octets.self)
  }
}
