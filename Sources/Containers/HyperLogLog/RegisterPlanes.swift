// Unsafe: vectors are read from and written to strings and planes unaligned, at offsets that their sizes are a
// multiple of; a dense string was measured before.

import CVector

/// The planes of HyperLogLogRegisters.
struct RegisterPlanes: Sendable {
  typealias Octets = SIMD16<UInt8>
  typealias Halves = SIMD8<UInt16>

  /// Bytes of a plane, and of the registers of a dense string.
  private static let size = HyperLogLog.denseSize - HyperLogLog.headerSize
  private static let step = MemoryLayout<Octets>.size
  /// Vectors of a plane.
  private static let vectors = size / step

  /// Whether functions of `CVector` do what is done to all registers; portable code does the same.
  private let usesVectorUnit: Bool
  /// Registers where they are in a string: the first of each four and the last.
  private var direct = [Octets](repeating: .zero, count: vectors)
  /// The ones between; a vector more is room for what is moved by two bytes.
  private var moved = [Octets](repeating: .zero, count: vectors + 1)

  /// Planes of registers that are all 0.
  init(usesVectorUnit: Bool = VectorUnit.isAvailable) { self.usesVectorUnit = usesVectorUnit }

  /// Which bits of 48 bytes, after which it repeats, belong to the planes: three vectors for where registers are, three
  /// each for what is moved of even bytes and of odd ones. Made at run time: masks that the compiler knows it turns
  /// into shuffles, which take longer.
  private static let masks: [Octets] = {
    var masks = [Octets](repeating: .zero, count: 9)
    for byte in 0..<48 {
      let (vector, lane) = (byte / step, byte % step)
      masks[vector][lane] = [0x3f, 0, 0xfc][byte % 3]
      if byte % 2 == 0 {
        masks[3 + vector][lane] = [0xfc, 0x3f, 0][byte % 3]
      } else {
        masks[6 + vector][lane] = [0xfc, 0x3f, 0][(byte + 1) % 3]
      }
    }
    return masks
  }()

  /// Where a register is: whether it is moved, its byte, and its lowest bit there.
  private static func place(_ index: Int) -> (isMoved: Bool, byte: Int, shift: UInt8) {
    let first = index / 4 * 3
    switch index % 4 {
    case 0: return (false, first, 0)
    case 3: return (false, first + 2, 2)
    case 1: return (true, first % 2 == 0 ? first : first + 2, 2)
    default: return (true, first % 2 == 0 ? first + 3 : first + 1, 0)
    }
  }

  /// The value of a register.
  subscript(index: Int) -> UInt8 {
    let (isMoved, byte, shift) = Self.place(index)
    let vector = isMoved ? moved[byte / Self.step] : direct[byte / Self.step]
    return vector[byte % Self.step] &>> shift
  }

  /// Raises a register.
  mutating func raise(_ index: Int, _ value: UInt8) {
    let (isMoved, byte, shift) = Self.place(index)
    let (vector, lane) = (byte / Self.step, byte % Self.step)
    if isMoved {
      moved[vector][lane] = max(moved[vector][lane], value &<< shift)
    } else {
      direct[vector][lane] = max(direct[vector][lane], value &<< shift)
    }
  }

  /// How many registers have each value.
  var histogram: RegisterHistogram {
    var histogram = RegisterHistogram()
    if usesVectorUnit {
      unsafe direct.withUnsafeBytes { direct in
        unsafe moved.withUnsafeBytes { moved in unsafe histogram.add(direct: direct, moved: moved) }
      }
    } else {
      var dense = ByteBuffer(capacity: HyperLogLog.denseSize)
      dense.append(repeating: 0, count: HyperLogLog.denseSize)
      writeDense(to: &dense)
      histogram.add(dense: dense.bytes)
    }
    return histogram
  }

  @inline(__always)
  private static func higher(_ first: Octets, _ second: Octets) -> Octets {
    first.replacing(with: second, where: first .< second)
  }

  /// Raises the registers to those of a dense string.
  mutating func raise(toDense string: borrowing Bytes) {
    precondition(string.count == HyperLogLog.denseSize, "a dense string of another size")
    let source = unsafe string.baseAddress + HyperLogLog.headerSize
    unsafe direct.withUnsafeMutableBytes { direct in
      unsafe moved.withUnsafeMutableBytes { moved in
        if usesVectorUnit { return unsafe cvector_raise_registers(direct.baseAddress, moved.baseAddress, source) }
        unsafe Self.masks.withUnsafeBufferPointer { masks in
          let place = unsafe Place(
            direct: direct.baseAddress.unsafelyUnwrapped, moved: moved.baseAddress.unsafelyUnwrapped,
            masks: masks.baseAddress.unsafelyUnwrapped)
          var offset = 0
          while offset < Self.size {
            for vector in 0..<3 { unsafe Self.raise(place, vector, to: source, offset &+ vector &* Self.step) }
            offset &+= 3 &* Self.step
          }
        }
      }
    }
  }

  /// The planes, and the masks, while they are changed.
  @unsafe
  private struct Place {
    let direct: UnsafeMutableRawPointer
    let moved: UnsafeMutableRawPointer
    let masks: UnsafePointer<Octets>
  }

  /// Raises the registers in 16 bytes, the one or other of three vectors.
  @unsafe @inline(__always)
  private static func raise(_ place: Place, _ vector: Int, to source: UnsafeRawPointer, _ offset: Int) {
    // The two bytes of a register are a word in one of these. Before the first byte is the header.
    let here = unsafe source.loadUnaligned(fromByteOffset: offset, as: Halves.self)
    let before = unsafe source.loadUnaligned(fromByteOffset: offset &- 1, as: Halves.self)
    let even = unsafe unsafeBitCast(here &>> 4, to: Octets.self) & place.masks[3 &+ vector]
    let odd = unsafe unsafeBitCast(before &<< 4, to: Octets.self) & place.masks[6 &+ vector]
    let own = unsafe unsafeBitCast(here, to: Octets.self) & place.masks[vector]
    let oldOwn = unsafe place.direct.loadUnaligned(fromByteOffset: offset, as: Octets.self)
    let old = unsafe place.moved.loadUnaligned(fromByteOffset: offset, as: Octets.self)
    unsafe place.direct.storeBytes(of: higher(oldOwn, own), toByteOffset: offset, as: Octets.self)
    unsafe place.moved.storeBytes(of: higher(old, even | odd), toByteOffset: offset, as: Octets.self)
  }

  /// Writes the registers into a dense string.
  func writeDense(to string: inout ByteBuffer) {
    precondition(string.count == HyperLogLog.denseSize, "a dense string of another size")
    guard let target = unsafe string.start.map({ unsafe $0 + HyperLogLog.headerSize }) else { return }
    unsafe direct.withUnsafeBytes { direct in
      unsafe moved.withUnsafeBytes { moved in
        if usesVectorUnit { return unsafe cvector_write_registers(target, direct.baseAddress, moved.baseAddress) }
        for offset in stride(from: 0, to: Self.size, by: Self.step) {
          let own = unsafe direct.loadUnaligned(fromByteOffset: offset, as: Halves.self)
          let here = unsafe moved.loadUnaligned(fromByteOffset: offset, as: Halves.self)
          let behind = unsafe moved.loadUnaligned(fromByteOffset: offset &+ 2, as: Halves.self)
          // Of even bytes both parts, of odd ones the part that is in the byte behind, and the other.
          let even = (here & 0x00ff) &<< 4
          let odd = (here &>> 12) | ((behind &<< 4) & 0xf000)
          unsafe target.storeBytes(of: own | even | odd, toByteOffset: offset, as: Halves.self)
        }
      }
    }
  }
}
