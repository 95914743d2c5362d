import Containers
import ServerKernel

extension Reply {
  /// A bulk string of bytes that are kept.
  func bulk(_ text: [UInt8]) { bulk(text.bytes) }
}
