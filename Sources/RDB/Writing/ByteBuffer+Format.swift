import Containers

// The format's own numbers and strings.
extension ByteBuffer {
  /// Appends a length: in 6, 14, 32 or 64 bits, the larger ones highest byte first.
  mutating func append(length: Int) {
    let value = UInt64(length)
    switch value {
    case ..<64: append(UInt8(value))
    case ..<16384:
      append(0x40 | UInt8(value >> 8))
      append(UInt8(value & 0xff))
    case ...UInt64(UInt32.max):
      append(0x80)
      append(littleEndian: UInt32(value).byteSwapped)
    default:
      append(0x81)
      append(littleEndian: value.byteSwapped)
    }
  }

  /// Appends an integer as a string: in 8, 16 or 32 bits where those hold it, else as text.
  mutating func append(integerString value: Int64) {
    if let byte = Int8(exactly: value) {
      append(0xc0)
      append(UInt8(bitPattern: byte))
    } else if let word = Int16(exactly: value) {
      append(0xc1)
      append(littleEndian: word)
    } else if let word = Int32(exactly: value) {
      append(0xc2)
      append(littleEndian: word)
    } else {
      let text = DecimalText(value)
      append(length: text.count)
      append(text.bytes)
    }
  }

  /// Appends a string as it is.
  mutating func append(plainString bytes: borrowing Bytes) {
    append(length: bytes.count)
    append(bytes)
  }

  /// Appends a string, as an integer where it spells one of 32 bits.
  mutating func append(string bytes: borrowing Bytes) {
    if bytes.count <= 11, let integer = bytes.integer, Int32(exactly: integer) != nil {
      append(integerString: integer)
    } else {
      append(plainString: bytes)
    }
  }
}

extension ByteBuffer {
  /// Appends a listpack of so many entries.
  mutating func append(listpack entries: borrowing Bytes, count: Int) {
    append(littleEndian: UInt32(truncatingIfNeeded: entries.count + 7))
    // The largest number says that it is not known.
    append(littleEndian: UInt16(clamping: count))
    append(entries)
    append(0xff)
  }

  /// Appends the number of a module's type: a length of 64 bits, however small it is.
  mutating func append(moduleNumber number: UInt64) {
    append(0x81)
    append(littleEndian: number.byteSwapped)
  }
}
