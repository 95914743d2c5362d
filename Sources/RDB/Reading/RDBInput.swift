// Unsafe: the bytes of a file or a payload are addressed directly, each time after a check that they are there. Whoever
// makes an input vouches that they stay in place for as long as it is used.

import Containers
import ServerKernel

/// The bytes of a file or a payload on their way through a reader: what they claim is believed when it is there.
///
/// A file that arrives is seen through a window: from what was let go of last to what has come.
@safe
final class RDBInput {
  /// The byte at `windowStart`.
  private var start: UnsafeRawPointer
  /// Where what is there ends.
  private var end: Int
  private(set) var position = 0
  private let source: (any ArrivingFile)?
  private var window = ByteBuffer()
  /// Bytes that are kept no longer.
  private var windowStart = 0
  /// The checksum of those.
  private var sum = CRC64()
  /// Somebody looks into the window.
  private var isLent = false
  /// The longest string there may be, which is what a compressed one may grow to.
  private var longestString = Int.max
  private var decompressed = ByteBuffer()

  /// What the buffer for compressed strings keeps for the next one.
  private static let keptCapacity = 1 << 20
  /// Of what arrives, bytes that are taken to follow.
  private static let mostExpected = 16 << 20
  /// What the window holds of what was read, at least, before that is let go of.
  private static let letGoSize = 256 << 10

  /// An input of nothing, until it is given bytes.
  convenience init() { self.init(arrivingFrom: nil) }

  /// An input of what arrives.
  convenience init(_ source: any ArrivingFile) { self.init(arrivingFrom: source) }

  private init(arrivingFrom source: (any ArrivingFile)?) {
    self.source = source
    let nothing = ByteBuffer()
    unsafe start = nothing.bytes.baseAddress
    end = 0
  }

  /// Goes on with `bytes`, which have to last until it is closed, or longer than it.
  @unsafe
  func open(_ bytes: borrowing Bytes, longestString: Int = .max) {
    precondition(source == nil, "other bytes arrive")
    unsafe start = bytes.baseAddress
    end = bytes.count
    position = 0
    self.longestString = longestString
  }

  /// Forgets the bytes.
  func close() {
    let nothing = ByteBuffer()
    unsafe start = nothing.bytes.baseAddress
    end = 0
    position = 0
    decompressed.removeAll(keepingCapacityUpTo: Self.keptCapacity)
  }

  private var bytesLeft: Int { end - position }

  /// No more bytes than these follow, or, of what arrives, are taken to follow before they are there.
  var mostLeft: Int { source == nil ? bytesLeft : max(bytesLeft, Self.mostExpected) }

  /// Goes back to where it was; not behind what was let go of.
  func rewind(to position: Int) {
    precondition(position >= windowStart && position <= self.position, "a position that was not reached")
    self.position = position
  }

  /// The checksum of everything up to `end`.
  func checksum(upTo end: Int) -> UInt64 {
    precondition(end >= windowStart && end <= self.end, "those bytes are not there")
    var sum = self.sum
    sum.update(unsafe Bytes(unsafeStart: start, count: end - windowStart))
    return sum.value
  }

  // MARK: What arrives

  /// Nobody will go back behind what was read.
  func letGo() {
    let count = position - windowStart
    if source == nil || count < Self.letGoSize { return }
    sum = CRC64(continuing: checksum(upTo: position))
    windowStart = position
    changeWindow { window in
      window.removeFirst(count)
      // It is not left as large as a large value needed it.
      if window.capacity <= 4 * Self.keptCapacity || window.count > Self.keptCapacity { return }
      var small = ByteBuffer(capacity: Self.keptCapacity)
      small.append(window.bytes)
      swap(&small, &window)
    }
  }

  /// Waits until so many bytes are there to read.
  private func receive(_ count: Int) throws(ElementError) {
    guard let source else { throw ElementError("it ends too early") }
    let held = position - windowStart
    try changeWindow { window throws(ElementError) in
      while window.count - held < count { try source.receive(into: &window) }
    }
  }

  /// Changes the window, which is a local variable meanwhile: it may take long, and much else happens.
  private func changeWindow<Failure>(
    _ change: (inout ByteBuffer) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(!isLent, "what is looked at would be moved")
    var window = ByteBuffer()
    swap(&window, &self.window)
    defer {
      unsafe start = window.bytes.baseAddress
      end = windowStart + window.count
      swap(&window, &self.window)
    }
    try change(&window)
  }

  /// Gives back what was received and not read.
  func giveBack() {
    guard let source else { return }
    source.giveBack(unsafe Bytes(unsafeStart: start + (position - windowStart), count: end - position))
  }

  // MARK: Numbers

  func byte() throws(ElementError) -> UInt8 { unsafe try take(1).load(as: UInt8.self) }

  func littleEndian<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) throws(ElementError) -> Value {
    unsafe Value(littleEndian: try take(MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
  }

  /// A length, which is one that a collection or a string could have.
  func length() throws(ElementError) -> Int {
    guard let length = Int(exactly: try number()) else { throw ElementError("a length is too large") }
    return length
  }

  /// A length, or any number in its form.
  func number() throws(ElementError) -> UInt64 {
    guard case .length(let number) = try lengthOrEncoding() else {
      throw ElementError("there is a string where a length should be")
    }
    return number
  }

  private enum Head {
    case length(UInt64)
    /// What follows is an integer of 8, 16 or 32 bits, or a compressed string.
    case encoded(UInt8)
  }

  private func lengthOrEncoding() throws(ElementError) -> Head {
    let first = try byte()
    switch first >> 6 {
    case 0: return .length(UInt64(first))
    case 1: return .length(UInt64(first & 0x3f) << 8 | UInt64(try byte()))
    case 3: return .encoded(first & 0x3f)
    default:
      if first == 0x80 { return .length(UInt64(try littleEndian(UInt32.self).byteSwapped)) }
      if first == 0x81 { return .length(try littleEndian(UInt64.self).byteSwapped) }
      throw ElementError("a length begins with the byte \(first)")
    }
  }

  @unsafe
  private func take(_ count: Int) throws(ElementError) -> UnsafeRawPointer {
    if count > bytesLeft { try receive(count) }
    defer { position += count }
    return unsafe start + (position - windowStart)
  }

  // MARK: Strings

  /// Passes on bytes, which last as long as the call.
  func bytes(_ count: Int, _ body: (borrowing Bytes) -> Void) throws(ElementError) {
    guard count >= 0 else { throw ElementError("a length is too large") }
    let address = unsafe try take(count)
    isLent = true
    body(unsafe Bytes(unsafeStart: address, count: count))
    isLent = false
  }

  /// Passes on the next string, which lasts as long as the call; of a long one, with `prefix`, only its beginning.
  func string(prefix: Int? = nil, _ body: (borrowing Bytes) -> Void) throws(ElementError) {
    switch try lengthOrEncoding() {
    case .length(let length):
      guard let count = Int(exactly: length) else { throw ElementError("a length is too large") }
      try bytes(count) { bytes in body(bytes[0..<min(count, prefix ?? count)]) }
    case .encoded(0): integer(Int64(try littleEndian(Int8.self)), body)
    case .encoded(1): integer(Int64(try littleEndian(Int16.self)), body)
    case .encoded(2): integer(Int64(try littleEndian(Int32.self)), body)
    case .encoded(3):
      // A local one: the input is not to be accessed while its buffer is lent.
      var buffer = ByteBuffer()
      swap(&buffer, &decompressed)
      buffer.removeAll(keepingCapacityUpTo: Self.keptCapacity)
      try decompress(prefix: prefix, into: &buffer)
      body(buffer.bytes)
      swap(&buffer, &decompressed)
    case .encoded(let encoding): throw ElementError("there is no encoding of strings with number \(encoding)")
    }
  }

  private func integer(_ value: Int64, _ body: (borrowing Bytes) -> Void) {
    let text = DecimalText(value)
    body(text.bytes)
  }

  /// Appends the next string.
  func string(into buffer: inout ByteBuffer) throws(ElementError) {
    let start = position
    if case .encoded(3) = try lengthOrEncoding() { return try decompress(prefix: nil, into: &buffer) }
    rewind(to: start)
    try string { buffer.append($0) }
  }

  /// Appends the compressed string whose lengths come next.
  private func decompress(prefix: Int?, into buffer: inout ByteBuffer) throws(ElementError) {
    let compressedCount = try length()
    let whole = try length()
    if whole > longestString { throw ElementError("a string is longer than there may be") }
    let wanted = min(whole, prefix ?? whole)
    let address = unsafe try take(compressedCount)
    let compressed = unsafe Bytes(unsafeStart: address, count: compressedCount)
    let isWhole = LZF.decompress(compressed, into: &buffer, count: wanted, isPrefix: wanted < whole)
    if !isWhole { throw ElementError("a compressed string is damaged") }
  }
}
