import Containers

extension SharedBuffer {
  /// Takes the first line from the front, without what ends it; nil while none has arrived whole.
  func takeLine() -> [UInt8]? {
    guard let end = content.bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    var line = content.bytes[0..<end].array
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    content.removeFirst(end + 1)
    return line
  }
}
