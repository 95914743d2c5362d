import Containers

// Values in compact forms: listpacks, and arrays of integers.
extension RDBValueWriter {
  mutating func beginPacked(_ limit: EncodingLimits.Packed, _ packed: ValueType, else plain: ValueType) {
    form = .packed(limit, packed, else: plain)
    if elementCount > limit.entries { spill(plain) }
  }

  /// Goes on part by part, with what was put into the listpack first.
  mutating func spill(_ plain: ValueType) {
    emit(plain)
    output.append(length: elementCount)
    form = plain == .sortedSet ? .scores : .strings
    var packed = ByteBuffer()
    swap(&packed, &entries)
    var position = 0
    var isScore = false
    while position < packed.count {
      let element = packedElement(packed.bytes, &position)
      if isScore && plain == .sortedSet {
        output.append(littleEndian: (element.double ?? 0).bitPattern)
      } else {
        switch element {
        case .integer(let value): output.append(integerString: value)
        case .bytes(let bytes): append(bytes)
        }
      }
      isScore.toggle()
    }
    packed.removeAll()
    swap(&packed, &entries)
  }

  /// Writes the value's type, and the listpack of its entries as a string.
  mutating func write(_ packed: ValueType, _ entries: borrowing Bytes, count: Int) {
    emit(packed)
    let size = entries.count + 7
    if options.compresses && size >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: size))
    } else {
      output.append(length: size)
    }
    output.append(listpack: entries, count: count)
  }

  /// Writes all parts as they lie in a list, if that is what they would become one by one; false otherwise.
  mutating func writePackedList(_ list: borrowing PackedList) -> Bool {
    if case .integers = form, !list.hasIntegersOnly { beginSet() }
    guard case .packed(let limit, let packed, _) = form, list.byteCount <= Self.mostPackedBytes,
      // Scores may be longer than members.
      !list.hasElement(longerThan: limit.value, every: packed == .sortedSetPacked ? 2 : 1)
    else { return false }
    write(packed, list.encodedEntries, count: list.count)
    form = .none
    return true
  }

  // MARK: Sets

  mutating func beginSet() {
    if options.version >= 11 {
      beginPacked(options.limits.set, .setPacked, else: .set)
    } else {
      spill(.set)
    }
  }

  mutating func spillIntegers() {
    beginSet()
    let kept = integers
    for integer in kept { write(integer) }
  }

  mutating func endIntegers() {
    emit(.setIntegers)
    integers.sort()
    let (low, high) = (integers.first ?? 0, integers.last ?? 0)
    let width = Int16(exactly: low) != nil && Int16(exactly: high) != nil
      ? 2 : Int32(exactly: low) != nil && Int32(exactly: high) != nil ? 4 : 8
    let size = 8 + width * integers.count
    if options.compresses && size >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: size))
    } else {
      output.append(length: size)
    }
    output.append(littleEndian: UInt32(width))
    output.append(littleEndian: UInt32(integers.count))
    for integer in integers {
      switch width {
      case 2: output.append(littleEndian: Int16(truncatingIfNeeded: integer))
      case 4: output.append(littleEndian: Int32(truncatingIfNeeded: integer))
      default: output.append(littleEndian: integer)
      }
    }
  }
}

/// The next entry of a listpack that was written here.
@_lifetime(copy list)
func packedElement(_ list: Bytes, _ position: inout Int) -> PackedElement {
  guard let entry = UntrustedListpack.entry(list, at: position) else { preconditionFailure("a damaged listpack") }
  position = entry.end
  return entry.isInteger ? .integer(entry.integer) : .bytes(list[entry.payload])
}
