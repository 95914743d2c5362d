// Unsafe here: strerror(3) returns a pointer into static storage, which is copied at once.
import Glibc

/// A system call failed.
public struct SystemError: Error, Equatable {
  /// The value of errno.
  public let code: Int32

  /// The error of the given number.
  public init(code: Int32) { self.code = code }

  /// What the last system call of this thread left in errno.
  static var last: SystemError { SystemError(code: errno) }

  /// The system's text for it, such as `No such file or directory`.
  public var text: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  var isNoSuchFile: Bool { code == ENOENT }
}
