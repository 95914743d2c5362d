import Glibc

/// The value of an environment variable; nil when it is not set or empty.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  let text = unsafe String(cString: value)
  return text.isEmpty ? nil : text
}

/// Whether a file may be executed.
func isExecutable(_ path: String) -> Bool {
  unsafe access(path, X_OK) == 0
}

/// The whole of a file; nil when it cannot be read.
func contents(of path: String) -> [UInt8]? {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress!, $0.count) }
    guard count > 0 else { return bytes }
    bytes += chunk[..<count]
  }
}

/// Replaces a file; false when that fails.
func write(_ bytes: [UInt8], to path: String) -> Bool {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
    }
    guard count > 0 else { return false }
    written += count
  }
  return true
}

/// The first place of a byte at or after a position, of arrays that are searched often: as fast in debug builds.
func firstIndex(of byte: UInt8, in bytes: [UInt8], from position: Int) -> Int? {
  guard position < bytes.count else { return nil }
  return unsafe bytes.withUnsafeBytes { buffer in
    let start = buffer.baseAddress!
    guard let found = unsafe memchr(start + position, Int32(byte), bytes.count - position) else { return nil }
    return unsafe UnsafeRawPointer(found) - start
  }
}

/// The number that decimal digits of a range stand for, with a sign or without; nil when they are none. Replies may
/// have thousands of them: as fast in debug builds.
func decimal(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
  guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
  return unsafe bytes.withUnsafeBytes { buffer in
    guard let start = buffer.baseAddress else { return nil }
    var index = range.lowerBound
    let end = range.upperBound
    if index == end { return nil }
    let sign = unsafe start.load(fromByteOffset: index, as: UInt8.self)
    let isNegative = sign == 0x2d
    if isNegative || sign == 0x2b { index &+= 1 }
    if index == end || end &- index > 19 { return nil }
    // Negative, since there is one more of those.
    var value = 0
    while index < end {
      let digit = Int(unsafe start.load(fromByteOffset: index, as: UInt8.self)) &- 0x30
      if digit < 0 || digit > 9 { return nil }
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = tens.subtractingReportingOverflow(digit)
      if overflowed || overflows { return nil }
      value = sum
      index &+= 1
    }
    if isNegative { return value }
    return value == Int.min ? nil : -value
  }
}

/// Waits without using the processor.
func pause(_ duration: Duration) {
  usleep(UInt32(duration / .microseconds(1)))
}
