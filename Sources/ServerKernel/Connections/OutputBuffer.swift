// Unsafe: replies are written straight into the buffer's memory.

import Containers
import Glibc

/// What is to be sent to one client. Without anything to send it owns no memory: buffers of ordinary size come
/// from a pool and go back to it as soon as they are sent.
@usableFromInline
struct OutputBuffer: ~Copyable {
  /// Size of a pooled buffer, bytes.
  static let pooledCapacity = 16 << 10

  /// A stored string that stands in the output without being in the buffer.
  struct LentPart {
    /// The bytes of the buffer that come before it.
    var position: Int
    let string: LentString
  }

  /// Strings from here on are sent from where they are stored, bytes: a copy costs more than what it takes to lend one.
  @usableFromInline static let lentFrom = 32 << 10

  @usableFromInline var buffer = ByteBuffer()
  /// In the order in which they are sent.
  private(set) var lentParts: [LentPart] = []
  private var lentBytes = 0
  /// Lent parts at the front that were sent, and their bytes.
  private(set) var sentParts = 0
  private(set) var sentLentBytes = 0
  /// Bytes at the front of the output that were sent.
  var sent = 0
  /// The client stands in the loop's list of clients to write to.
  @usableFromInline var isScheduled = false
  @usableFromInline var isRESP3 = false
  /// The connection is closed without its output: nothing is kept of what is still written.
  var isAbandoned = false
  /// When output first rose above the soft limit, Unix seconds; 0 when it is below.
  var overSoftLimitSince: Int64 = 0

  /// Bytes of earlier output that is being sent elsewhere, or has come back unsent, and the memory that it keeps.
  private var handedOver = (bytes: 0, memory: 0)

  /// Bytes that are here and were not sent.
  var unsent: Int { buffer.count + lentBytes - sent }

  /// Bytes not sent yet.
  var pending: Int { unsent + handedOver.bytes }

  /// Bytes that it keeps: its buffer, and strings that it may be the last to hold.
  var memoryUse: Int { buffer.capacity + lentBytes + handedOver.memory }

  /// Moves what there is to send elsewhere, and goes on empty.
  mutating func handOver() -> OutputBuffer {
    var moved = OutputBuffer()
    swap(&moved, &self)
    isRESP3 = moved.isRESP3
    isScheduled = moved.isScheduled
    overSoftLimitSince = moved.overSoftLimitSince
    handedOver = (moved.unsent, moved.memoryUse)
    return moved
  }

  /// What was handed over has come back with so much unsent, and is still counted here.
  mutating func handedOverIs(_ rest: borrowing OutputBuffer) { handedOver = (rest.unsent, rest.memoryUse) }

  /// What was handed over is sent, or given up.
  mutating func handedOverIsGone() { handedOver = (0, 0) }

  /// Drops what was written behind the first `start` bytes of the buffer.
  mutating func takeBack(to start: Int) {
    if start < buffer.count { buffer.truncate(to: start) }
    while let part = lentParts.last, part.position > start { removeLent(at: lentParts.count - 1) }
  }

  /// Adds a stored string.
  mutating func append(_ string: LentString) {
    lentParts.append(LentPart(position: buffer.count, string: string))
    lentBytes += string.count
  }

  private mutating func removeLent(at index: Int) { lentBytes -= lentParts.remove(at: index).string.count }

  /// Inserts `bytes` before what the buffer holds from `position` on.
  mutating func insert(_ bytes: borrowing Bytes, at position: Int) {
    let position = min(position, buffer.count)
    buffer.insert(bytes, at: position)
    for index in lentParts.indices where lentParts[index].position > position {
      lentParts[index].position += bytes.count
    }
  }

  /// Whether stored strings stand in what is still to be sent.
  var hasLentParts: Bool { sentParts < lentParts.count }

  /// Counts what was sent.
  mutating func didSend(_ count: Int) {
    sent += count
    while sentParts < lentParts.count {
      let part = lentParts[sentParts]
      if sent < part.position + sentLentBytes + part.string.count { return }
      sentLentBytes += part.string.count
      sentParts += 1
    }
  }

  /// Lets go of the stored strings that were sent, and gives back what was sent of a large buffer that a slow client
  /// empties.
  mutating func releaseSent() {
    if sentParts > 0 { dropFromBuffer(lentParts[sentParts - 1].position) }
    if sent > 1 << 20 && sent <= lentParts.first?.position ?? .max { dropFromBuffer(sent) }
  }

  /// Drops the first bytes of the buffer and the lent parts that were sent; what is dropped was sent.
  private mutating func dropFromBuffer(_ count: Int) {
    buffer.removeFirst(count)
    sent -= count + sentLentBytes
    lentBytes -= sentLentBytes
    lentParts.removeFirst(sentParts)
    for index in lentParts.indices { lentParts[index].position -= count }
    sentParts = 0
    sentLentBytes = 0
  }

  /// Everything was sent: it is empty. Its memory stays.
  mutating func didSendAll() {
    releaseSent()
    sent = 0
    overSoftLimitSince = 0
  }

  /// Drops what there is, and what comes: each value that is written from now on drops the one before it.
  mutating func abandon() {
    isAbandoned = true
    isScheduled = false
    sent = 0
    sentParts = 0
    sentLentBytes = 0
    lentParts = []
    lentBytes = 0
    handedOverIsGone()
    buffer.removeAll(keepingCapacityUpTo: Self.pooledCapacity)
  }
}

/// Where a command's reply goes: the client's output buffer, in the protocol version that it speaks.
///
/// Each method writes one value. Inside an array, map, set or push the announced number of values follows.
@safe
public struct Reply {
  @usableFromInline let client: Place<ClientState>

  @inlinable
  init(_ client: Place<ClientState>) { self.client = client }

  /// Whether the client speaks RESP3.
  @inlinable public var isRESP3: Bool { client.value.output.isRESP3 }

  /// Makes the client known to the loop before the first byte is written.
  @inlinable
  func prepare() {
    if !client.value.output.isScheduled { schedule() }
  }

  @usableFromInline
  func schedule() {
    if client.value.output.isAbandoned { return client.value.output.takeBack(to: 0) }
    client.value.server.scheduleOutput(Client(client))
  }

  // MARK: Simple values

  /// `+OK`.
  @inlinable public func ok() { raw("+OK\r\n") }

  /// A simple string; a literal without line breaks.
  public func simple(_ text: StaticString) {
    prepare()
    client.value.output.buffer.append(UInt8(ascii: "+"))
    client.value.output.buffer.append(text)
    client.value.output.buffer.append("\r\n")
  }

  /// A simple string; bytes without line breaks.
  @_disfavoredOverload
  public func simple(_ text: String) {
    prepare()
    client.value.output.buffer.append(UInt8(ascii: "+"))
    append(text)
    client.value.output.buffer.append("\r\n")
  }

  /// An error: its code and text without the leading `-`. Commands throw instead; this is for replies that hold
  /// errors among other values. Line breaks become spaces.
  public func error(_ text: ErrorText, isCounted: Bool = true) {
    if isCounted { client.value.server.statistics.countError(text.bytes.bytes) }
    prepare()
    client.value.output.buffer.append(UInt8(ascii: "-"))
    for byte in text.bytes { client.value.output.buffer.append(byte == 10 || byte == 13 ? 32 : byte) }
    client.value.output.buffer.append("\r\n")
  }

  /// An error that is a literal; counted by the caller.
  func errorLiteral(_ text: StaticString) {
    prepare()
    client.value.output.buffer.append(UInt8(ascii: "-"))
    client.value.output.buffer.append(text)
    client.value.output.buffer.append("\r\n")
  }

  /// Replies with an integer.
  @inlinable
  public func integer(_ value: Int64) {
    prepare()
    header(UInt8(ascii: ":"), value)
  }

  /// Replies with an integer.
  @inlinable
  public func integer(_ value: Int) { integer(Int64(value)) }

  /// A string of any bytes.
  @inlinable
  public func bulk(_ bytes: borrowing Bytes) {
    prepare()
    let count = bytes.count
    reserve(count &+ 32)
    // Many of a reply's elements are a few bytes long: the buffer is asked and told once for each.
    let start = unsafe client.value.output.buffer.freeSpace
    let headerCount = unsafe Self.storeHeader(UInt8(ascii: "$"), Int64(count), at: start)
    let content = unsafe start + headerCount
    unsafe memcpy(content, bytes.baseAddress, count)
    unsafe content.storeBytes(of: 0x0a0d, toByteOffset: count, as: UInt16.self)
    unsafe client.value.output.buffer.advance(by: headerCount &+ count &+ 2)
  }

  /// Replies with a bulk string.
  @_disfavoredOverload
  public func bulk(_ text: String) {
    prepare()
    header(UInt8(ascii: "$"), Int64(text.utf8.count))
    append(text)
    client.value.output.buffer.append("\r\n")
  }

  /// Replies with a bulk string.
  public func bulk(_ text: StaticString) { bulk(Bytes(text)) }

  /// A stored string.
  @inlinable
  public func bulk(_ value: borrowing StringView) {
    if let integer = value.storedInteger {
      bulk(integer: integer)
    } else if value.storedBytes.count < OutputBuffer.lentFrom {
      bulk(value.storedBytes)
    } else {
      bulkLent(value.storedBytes)
    }
  }

  /// A large stored string, sent from where it lies. Where a reply is read or withheld by the server it is copied.
  @usableFromInline
  func bulkLent(_ bytes: borrowing Bytes) {
    let isSent = Client(client).isConnected && !client.value.output.isAbandoned
    if !isSent || client.value.gate.contains(.muted) { return bulk(bytes) }
    prepare()
    header(UInt8(ascii: "$"), Int64(bytes.count))
    let server = client.value.server
    client.value.output.append(server.keyspace.value.lentStrings.lend(bytes))
    raw("\r\n")
    if client.value.output.pending > server.state.value.outputLimit { server.checkOutputLimit(Client(client)) }
  }

  /// A bulk string with the integer's text.
  public func bulk(integer: Int64) {
    prepare()
    reserve(32)
    let start = unsafe client.value.output.buffer.freeSpace
    let headerCount = unsafe Self.storeHeader(UInt8(ascii: "$"), Int64(decimalDigits(integer)), at: start)
    let content = unsafe start + headerCount
    let length = unsafe formatInteger(integer, into: content.assumingMemoryBound(to: UInt8.self))
    unsafe content.storeBytes(of: 0x0a0d, toByteOffset: length, as: UInt16.self)
    unsafe client.value.output.buffer.advance(by: headerCount &+ length &+ 2)
  }

  /// The missing value: a null bulk string in RESP2.
  @inlinable public func null() { raw(isRESP3 ? "_\r\n" : "$-1\r\n") }

  /// The missing value where a list would stand: a null array in RESP2.
  @inlinable public func nullArray() { raw(isRESP3 ? "_\r\n" : "*-1\r\n") }

  /// A truth value: 1 or 0 in RESP2.
  public func boolean(_ value: Bool) {
    raw(isRESP3 ? (value ? "#t\r\n" : "#f\r\n") : (value ? ":1\r\n" : ":0\r\n"))
  }

  /// A floating point number: a bulk string in RESP2.
  public func double(_ value: Double) {
    // As most scores are. Zero may have a sign.
    if !isRESP3, value.magnitude < 1e17, let integer = Int64(exactly: value), integer != 0 {
      return bulk(integer: integer)
    }
    let text = DecimalText(general: value)
    double(text.bytes)
  }

  /// A floating point number as a text of the caller's: a bulk string in RESP2.
  public func double(_ text: borrowing Bytes) {
    if !isRESP3 { return bulk(text) }
    prepare()
    client.value.output.buffer.append(UInt8(ascii: ","))
    client.value.output.buffer.append(text)
    client.value.output.buffer.append("\r\n")
  }

  /// A number of any size, as decimal digits: a bulk string in RESP2.
  public func bigNumber(_ digits: StaticString) {
    if !isRESP3 { return bulk(digits) }
    prepare()
    client.value.output.buffer.append(UInt8(ascii: "("))
    client.value.output.buffer.append(digits)
    client.value.output.buffer.append("\r\n")
  }

  /// Text for people, with its format of three letters (`txt`, `mkd`): a bulk string in RESP2.
  public func verbatim(_ text: String, format: StaticString = "txt") {
    if !isRESP3 { return bulk(text) }
    prepare()
    header(UInt8(ascii: "="), Int64(text.utf8.count + 4))
    client.value.output.buffer.append(format)
    client.value.output.buffer.append(UInt8(ascii: ":"))
    append(text)
    client.value.output.buffer.append("\r\n")
  }

  // MARK: Aggregates

  /// Announces `count` values.
  @inlinable
  public func array(_ count: Int) {
    prepare()
    header(UInt8(ascii: "*"), Int64(count))
  }

  /// Announces `count` pairs of key and value: an array of twice as many values in RESP2.
  @inlinable
  public func map(_ count: Int) {
    prepare()
    if isRESP3 { header(UInt8(ascii: "%"), Int64(count)) } else { header(UInt8(ascii: "*"), Int64(count * 2)) }
  }

  /// Announces `count` members of a set.
  public func set(_ count: Int) {
    prepare()
    header(isRESP3 ? UInt8(ascii: "~") : UInt8(ascii: "*"), Int64(count))
  }

  /// Announces `count` values that were not asked for.
  public func push(_ count: Int) {
    prepare()
    header(isRESP3 ? UInt8(ascii: ">") : UInt8(ascii: "*"), Int64(count))
  }

  /// Announces `count` pairs about the value that follows; only for clients that speak RESP3.
  public func attribute(_ count: Int) {
    prepare()
    header(UInt8(ascii: "|"), Int64(count))
  }

  /// An array, or set, whose length is known only when its elements were written.
  public struct DeferredArray {
    let position: Int
    let mark: UInt8
  }

  /// An array whose count is told when it is complete.
  public func deferredArray() -> DeferredArray {
    prepare()
    return DeferredArray(position: client.value.output.buffer.count, mark: UInt8(ascii: "*"))
  }

  /// A set whose count is told when it is complete.
  public func deferredSet() -> DeferredArray {
    prepare()
    let mark = isRESP3 ? UInt8(ascii: "~") : UInt8(ascii: "*")
    return DeferredArray(position: client.value.output.buffer.count, mark: mark)
  }

  /// Pairs that are counted when they are complete: a map, or, in RESP2, an array of arrays of two, which the caller
  /// begins.
  public func deferredPairs() -> DeferredArray {
    prepare()
    let mark = isRESP3 ? UInt8(ascii: "%") : UInt8(ascii: "*")
    return DeferredArray(position: client.value.output.buffer.count, mark: mark)
  }

  /// Writes the count of a deferred array, or set, before its elements.
  public func finish(_ deferred: DeferredArray, count: Int) {
    var header = ByteBuffer()
    header.append(deferred.mark)
    header.append(decimal: Int64(count))
    header.append("\r\n")
    insert(header.bytes, at: deferred.position)
  }

  // MARK: Writing

  /// Makes room in the buffer. A reply that outgrows it is where the client's output limit is looked at: no command
  /// can write far beyond that.
  @inlinable
  func reserve(_ room: Int) {
    if room > client.value.output.buffer.capacity &- client.value.output.buffer.count { makeRoom(room) }
  }

  @usableFromInline
  func makeRoom(_ room: Int) {
    checkLimit()
    client.value.output.buffer.reserve(room)
  }

  /// Writes before what was written last, from `position` on.
  func insert(_ bytes: borrowing Bytes, at position: Int) {
    prepare()
    client.value.output.insert(bytes, at: position)
  }

  @inlinable
  func raw(_ text: StaticString) {
    prepare()
    client.value.output.buffer.append(text)
  }

  /// Bytes that are replies already.
  func raw(_ bytes: borrowing Bytes) {
    prepare()
    client.value.output.buffer.append(bytes)
  }

  /// A mark, a number and a line break.
  @inlinable
  func header(_ mark: UInt8, _ value: Int64) {
    reserve(32)
    let count = unsafe Self.storeHeader(mark, value, at: client.value.output.buffer.freeSpace)
    unsafe client.value.output.buffer.advance(by: count)
  }

  /// Writes a mark, a number and a line break where there is room for them, and returns how many bytes they take.
  @unsafe @inlinable @inline(__always)
  static func storeHeader(_ mark: UInt8, _ value: Int64, at start: UnsafeMutableRawPointer) -> Int {
    unsafe start.storeBytes(of: mark, as: UInt8.self)
    let digits = unsafe start + 1
    let length: Int
    if value >= 0 && value < 10 {
      unsafe digits.storeBytes(of: UInt8(truncatingIfNeeded: value) &+ 48, as: UInt8.self)
      length = 1
    } else if value >= 10 && value < 100 {
      // The tens are the quotient by ten: 103 / 1024 is near enough below 100.
      let tens = (UInt16(truncatingIfNeeded: value) &* 103) &>> 10
      let ones = UInt16(truncatingIfNeeded: value) &- tens &* 10
      unsafe digits.storeBytes(of: (0x3030 | tens | ones &<< 8).littleEndian, as: UInt16.self)
      length = 2
    } else {
      length = unsafe formatInteger(value, into: digits.assumingMemoryBound(to: UInt8.self))
    }
    unsafe digits.storeBytes(of: 0x0a0d, toByteOffset: length, as: UInt16.self)
    return length &+ 3
  }

  private func append(_ text: String) { client.value.output.buffer.append(text) }
}
