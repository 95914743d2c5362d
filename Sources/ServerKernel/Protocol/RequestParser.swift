// Unsafe: it reads the connection's buffer, and arguments are addresses into it.

import Containers
import Glibc

/// Where a connection's bytes break the protocol; the text that follows `Protocol error: `.
struct ProtocolError: Error {
  let text: [UInt8]

  init(text: String) { self.text = Array(text.utf8) }

  /// The byte goes into the text as it came.
  init(unexpected byte: UInt8) { text = Array("expected '$', got '".utf8) + [byte, UInt8(ascii: "'")] }
}

/// Sizes that a request may have; smaller ones hold until the client has authenticated.
struct RequestLimits {
  var bulkLength: Int
  var arguments: Int
  var isAuthenticated: Bool

  /// Longest line: an inline request, or the header of an argument.
  static let lineLength = 64 << 10
  static let unauthenticatedArguments = 10
  static let unauthenticatedBulkLength = 16 << 10
}

/// Takes requests apart where they lie.
@safe
struct RequestParser: ~Copyable {
  @safe
  enum Outcome {
    /// A request with its arguments in the list, or an empty one without any; `next` is the first byte after it.
    /// `isMultibulk`: its bytes lie there as an array of bulk strings.
    case complete(next: UnsafeRawPointer, isMultibulk: Bool)
    /// More bytes are needed. A large request's state comes with it.
    case incomplete(PartialRequest?)
  }

  /// Arguments of the requests found, one after another.
  private(set) var arguments: UnsafeMutablePointer<Argument>
  private(set) var count = 0
  private var capacity = 4096
  /// Owned copies of inline arguments that had to be unquoted, and so do not lie in the connection's buffer.
  private var copies: [UnsafeMutableRawPointer] = unsafe []
  /// Large arguments of the requests found, which have memory of their own.
  private(set) var large: [LentString] = []

  init() {
    unsafe arguments = unsafe Self.allocate(capacity)
  }

  @unsafe
  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Argument> {
    unsafe Malloc.allocate(capacity * MemoryLayout<Argument>.stride).bindMemory(to: Argument.self, capacity: capacity)
  }

  deinit {
    for unsafe copy in unsafe copies { unsafe free(copy) }
    unsafe Malloc.free(arguments)
  }

  mutating func reset() {
    count = 0
    for unsafe copy in unsafe copies { unsafe free(copy) }
    unsafe copies.removeAll(keepingCapacity: true)
    if !large.isEmpty { large.removeAll(keepingCapacity: true) }
    if capacity > 1 << 16 {
      unsafe Malloc.free(arguments)
      capacity = 4096
      unsafe arguments = unsafe Self.allocate(capacity)
    }
  }

  @unsafe
  private mutating func append(_ start: UnsafeRawPointer, _ length: Int) {
    if count == capacity { grow() }
    unsafe (arguments + count).initialize(to: Argument(start, length))
    count &+= 1
  }

  private mutating func grow() {
    let larger = unsafe Self.allocate(capacity * 2)
    unsafe larger.moveInitialize(from: arguments, count: count)
    unsafe Malloc.free(arguments)
    unsafe arguments = larger
    capacity *= 2
  }

  /// Parses the usual request, which has arrived whole and has one to nine arguments below 100 bytes; returns where it
  /// ends. Nil, and nothing added, for any other: `parse` does those.
  @unsafe @inline(__always)
  mutating func parseShort(_ start: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer? {
    guard unsafe end - start >= 4, capacity &- count >= 9 else { return nil }
    let header = unsafe start.loadUnaligned(as: UInt32.self).littleEndian
    // "*", a digit, "\r", "\n".
    guard header & 0xffff_00ff == 0x0a0d_002a else { return nil }
    let number = Int(header >> 8 & 0xff) &- 48
    guard UInt(bitPattern: number &- 1) < 9 else { return nil }
    var position = unsafe start + 4
    for index in 0..<number {
      // The shortest argument: "$0\r\n\r\n".
      guard unsafe end - position >= 6 else { return nil }
      let line = unsafe position.loadUnaligned(as: UInt32.self).littleEndian
      guard line & 0xff == 0x24 else { return nil }
      var length = Int(line >> 8 & 0xff) &- 48
      guard UInt(bitPattern: length) < 10 else { return nil }
      if line >> 16 == 0x0a0d {
        unsafe position += 4
      } else {
        let digit = Int(line >> 16 & 0xff) &- 48
        guard UInt(bitPattern: digit) < 10, length > 0, line >> 24 == 0x0d else { return nil }
        length = length &* 10 &+ digit
        unsafe position += 5
      }
      guard unsafe end - position >= length &+ 2 else { return nil }
      unsafe (arguments + (count &+ index)).initialize(to: Argument(position, length))
      unsafe position += length &+ 2
    }
    count &+= number
    return unsafe position
  }

  /// Parses one request from `start`, or goes on with `partial`, which began there. On `incomplete` and on an error no
  /// argument is added.
  @unsafe
  mutating func parse(
    _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, _ partial: PartialRequest?, _ limits: RequestLimits
  ) throws(ProtocolError) -> Outcome {
    if let partial { return unsafe try resume(partial, start, end, limits) }
    if unsafe start.load(as: UInt8.self) != UInt8(ascii: "*") {
      return unsafe try parseInline(start, end)
    }
    guard let line = unsafe try Self.number(start + 1, end, tooLong: "too big mbulk count string") else {
      return .incomplete(nil)
    }
    guard let number = unsafe line.value, number <= limits.arguments else {
      throw ProtocolError(text: "invalid multibulk length")
    }
    if number > RequestLimits.unauthenticatedArguments && !limits.isAuthenticated {
      throw ProtocolError(text: "unauthenticated multibulk length")
    }
    if number <= 0 { return unsafe .complete(next: line.next, isMultibulk: true) }
    let first = count
    var scan = unsafe ArgumentScan(position: line.next, remaining: Int(number))
    do throws(ProtocolError) {
      while unsafe try scan.find(end, limits) {
        unsafe append(scan.position, scan.bulkLength)
        unsafe scan.next()
      }
    } catch {
      count = first
      throw error
    }
    if unsafe scan.remaining == 0 { return unsafe .complete(next: scan.position, isMultibulk: true) }
    // Small requests are parsed anew, which is cheaper than keeping their state.
    var partial: PartialRequest?
    if unsafe count - first > 32 || scan.bulkLength >= PartialRequest.largeLength {
      let state = PartialRequest()
      for index in first..<count {
        let argument = unsafe arguments[index]
        unsafe state.add(argument.start - start, argument.count)
      }
      unsafe state.note(scan.position - start, remaining: scan.remaining, bulkLength: scan.bulkLength)
      partial = state
    }
    count = first
    return .incomplete(partial)
  }

  /// Goes on with a request whose beginning was parsed before: what was found then is not looked at again.
  @unsafe
  private mutating func resume(
    _ partial: PartialRequest, _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, _ limits: RequestLimits
  ) throws(ProtocolError) -> Outcome {
    if partial.lacking > 0 { return .incomplete(partial) }
    partial.endCollecting()
    var scan = unsafe ArgumentScan(
      position: start + partial.offset, remaining: partial.remaining, bulkLength: partial.bulkLength)
    while unsafe try scan.find(end, limits) {
      unsafe partial.add(scan.position - start, scan.bulkLength)
      unsafe scan.next()
    }
    unsafe partial.note(scan.position - start, remaining: scan.remaining, bulkLength: scan.bulkLength)
    if unsafe scan.remaining > 0 { return .incomplete(partial) }
    for argument in partial.arguments {
      switch argument {
      case .inInput(let offset, let count): unsafe append(start + offset, count)
      case .large(let string): unsafe append(string.start, string.count)
      }
    }
    large += partial.largeArguments
    return unsafe .complete(next: scan.position, isMultibulk: partial.largeArguments.isEmpty)
  }

  /// The number up to the next carriage return; nil when the line has not arrived whole. `value` is nil when
  /// there is no number there.
  @unsafe @inline(__always)
  fileprivate static func number(
    _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, tooLong: StaticString
  ) throws(ProtocolError) -> (value: Int64?, next: UnsafeRawPointer)? {
    // Nearly all lengths have one or two digits.
    if unsafe end - start >= 4 {
      let first = unsafe start.load(as: UInt8.self) &- 48
      let second = unsafe start.load(fromByteOffset: 1, as: UInt8.self)
      if first <= 9 {
        if second == 13 { return unsafe (Int64(first), start + 3) }
        let digit = second &- 48
        let isLineEnd = unsafe start.load(fromByteOffset: 2, as: UInt8.self) == 13
        if isLineEnd && digit <= 9 && first != 0 { return unsafe (Int64(first &* 10 &+ digit), start + 4) }
      }
    }
    return unsafe try longNumber(start, end, tooLong: tooLong)
  }

  @unsafe @inline(never)
  private static func longNumber(
    _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, tooLong: StaticString
  ) throws(ProtocolError) -> (value: Int64?, next: UnsafeRawPointer)? {
    var position = unsafe start
    var value: Int64 = 0
    // The usual case, up to nine digits without a sign or a leading zero.
    while unsafe position < end {
      let digit = unsafe position.load(as: UInt8.self) &- 48
      let taken = unsafe position - start
      if digit > 9 || taken > 9 { break }
      value = value &* 10 &+ Int64(digit)
      unsafe position += 1
    }
    let digits = unsafe position - start
    let rest = unsafe end - position
    if digits > 0 && digits <= 9 && rest >= 2 {
      let isLineEnd = unsafe position.load(as: UInt8.self) == 13
      let first = unsafe start.load(as: UInt8.self)
      let isCanonical = digits == 1 || first != 48
      if isLineEnd && isCanonical { return unsafe (value, position + 2) }
    }
    guard let line = unsafe memchr(start, 13, end - start) else {
      if unsafe end - start > RequestLimits.lineLength { throw ProtocolError(text: tooLong.description) }
      return nil
    }
    if unsafe end - UnsafeRawPointer(line) < 2 { return nil }
    let text = unsafe Bytes(unsafeStart: start, count: UnsafeRawPointer(line) - start)
    return unsafe (text.integer, UnsafeRawPointer(line) + 2)
  }

  @unsafe
  private mutating func parseInline(_ start: UnsafeRawPointer, _ end: UnsafeRawPointer) throws(ProtocolError) -> Outcome
  {
    guard let newline = unsafe memchr(start, 10, end - start) else {
      if unsafe end - start > RequestLimits.lineLength { throw ProtocolError(text: "too big inline request") }
      return .incomplete(nil)
    }
    let next = unsafe UnsafeRawPointer(newline) + 1
    var length = unsafe UnsafeRawPointer(newline) - start
    if unsafe length > 0 && start.load(fromByteOffset: length - 1, as: UInt8.self) == 13 { length -= 1 }
    if unsafe appendPlainWords(start, length) { return unsafe .complete(next: next, isMultibulk: false) }
    guard let words = splitArguments(unsafe Bytes(unsafeStart: start, count: length).array) else {
      throw ProtocolError(text: "unbalanced quotes in request")
    }
    for word in words {
      let copy = unsafe malloc(max(word.count, 1)).unsafelyUnwrapped
      unsafe word.withUnsafeBytes {
        if let source = $0.baseAddress { unsafe copy.copyMemory(from: source, byteCount: $0.count) }
      }
      unsafe copies.append(copy)
      unsafe append(copy, word.count)
    }
    return unsafe .complete(next: next, isMultibulk: false)
  }

  /// Adds the words of an inline request where they lie; false, and none is added, where they have to be unquoted, or
  /// hold what is neither plain text nor a blank.
  @unsafe
  private mutating func appendPlainWords(_ start: UnsafeRawPointer, _ length: Int) -> Bool {
    for index in 0..<length {
      let byte = unsafe start.load(fromByteOffset: index, as: UInt8.self)
      let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      if byte < 32 && !isBlank || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return false }
    }
    var first = 0
    for index in 0...length {
      if unsafe index < length && start.load(fromByteOffset: index, as: UInt8.self) > 32 { continue }
      if index > first { unsafe append(start + first, index - first) }
      first = index + 1
    }
    return true
  }
}

/// Finds the arguments of one request, one after another.
@unsafe
private struct ArgumentScan {
  /// The header of the next argument or, when that was read, its first byte.
  var position: UnsafeRawPointer
  var remaining: Int
  /// Length of the next argument, -1 while its header was not read.
  var bulkLength = -1

  /// Whether the next argument has arrived whole; then it lies at `position`.
  @inline(__always)
  mutating func find(_ end: UnsafeRawPointer, _ limits: RequestLimits) throws(ProtocolError) -> Bool {
    if unsafe remaining == 0 { return false }
    if unsafe bulkLength < 0 {
      guard unsafe position < end else { return false }
      let mark = unsafe position.load(as: UInt8.self)
      guard mark == UInt8(ascii: "$") else { throw ProtocolError(unexpected: mark) }
      guard let line = unsafe try RequestParser.number(position + 1, end, tooLong: "too big bulk count string") else {
        return false
      }
      guard let number = unsafe line.value, number >= 0, number <= limits.bulkLength else {
        throw ProtocolError(text: "invalid bulk length")
      }
      if number > RequestLimits.unauthenticatedBulkLength && !limits.isAuthenticated {
        throw ProtocolError(text: "unauthenticated bulk length")
      }
      unsafe bulkLength = Int(number)
      unsafe position = line.next
    }
    // The length is what a client says, up to the largest number there is.
    return unsafe end - position - 2 >= bulkLength
  }

  /// Goes past the argument that was found.
  @inline(__always)
  mutating func next() {
    unsafe position += bulkLength &+ 2
    unsafe bulkLength = -1
    unsafe remaining &-= 1
  }
}
