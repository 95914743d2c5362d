import ServerKernel

/// Why a file cannot be read on.
public struct RDBError: Error {
  /// What is wrong.
  public let reason: String
  /// Bytes that were read before.
  public let offset: Int
  /// The key whose value it is, if it is one.
  public var key: [UInt8]?
  /// The number of the value's type, or of what else it is.
  public var type: UInt8?

  init(reason: String, offset: Int, key: [UInt8]? = nil, type: UInt8? = nil) {
    self.reason = reason
    self.offset = offset
    self.key = key
    self.type = type
  }

  /// The file itself cannot be read.
  public init(_ reason: String) { self.init(reason: reason, offset: 0) }

  /// All of it, for the log.
  public var text: String {
    var text = "\(reason), at offset \(offset)"
    if let key {
      text += " in the value of the key '\(String(decoding: key, as: UTF8.self).replacingLineBreaks)'"
    }
    if let type { text += " (type \(type))" }
    return text
  }
}
