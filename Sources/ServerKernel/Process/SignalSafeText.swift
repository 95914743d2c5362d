// Unsafe here: text is put together in a buffer on the stack, because a signal handler must not allocate memory. Every
// store is checked against the buffer's size; what does not fit is cut off.
import Glibc

/// A line of text made and written within a signal handler, where nothing may be allocated or locked.
struct SignalSafeText: ~Copyable {
  private var buffer = InlineArray<512, UInt8>(repeating: 0)
  private var count = 0

  /// An empty text.
  init() {}

  /// A text that begins as Redis' log lines from signal handlers do: `PID:signal-handler (TIME) `.
  init(prefixed: Void) {
    append(decimal: Int(getpid()))
    append(":signal-handler (")
    append(decimal: time(nil))
    append(") ")
  }

  mutating func append(byte: UInt8) {
    guard count < buffer.count else { return }
    buffer[count] = byte
    count += 1
  }

  mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { append(byte: unsafe text.utf8Start[index]) }
  }

  /// Appends the C string at `address`, if any.
  mutating func append(cString address: UnsafePointer<UInt8>?) {
    guard var next = unsafe address else { return }
    while unsafe next.pointee != 0, count < buffer.count {
      append(byte: unsafe next.pointee)
      unsafe next += 1
    }
  }

  mutating func append(decimal number: Int) {
    if number < 0 { append("-") }
    append(number.magnitude, radix: 10)
  }

  mutating func append(address: UInt) {
    append("0x")
    append(address, radix: 16)
  }

  private mutating func append(_ number: UInt, radix: UInt) {
    var scale: UInt = 1
    while number / scale >= radix { scale *= radix }
    while scale > 0 {
      let digit = UInt8(truncatingIfNeeded: number / scale % radix)
      append(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      scale /= radix
    }
  }

  /// Writes the text to `file` with one write(2).
  func write(to file: Int32) {
    _ = unsafe buffer.span.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, count) }
  }

  /// Writes the text and an end of line to the log, unless the server runs in the background without a log file.
  consuming func log() {
    append("\n")
    if LogDestination.isStandardOutput && Daemon.isRequested.value { return }
    LogDestination.withFile { write(to: $0) }
  }
}
