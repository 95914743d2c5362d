// Unsafe here: a socket address is passed to sendto(2) by its address, as the general type that call takes, with the
// length of the part that was filled in.
import CLinux
import Glibc

/// Messages to the service manager over the datagram socket that it names in `NOTIFY_SOCKET`, as sd_notify(3) sends
/// them.
enum ServiceNotification {
  /// How sending a message ended.
  enum Outcome: Equatable {
    case sent
    /// There is no service manager that listens.
    case noSocket
    case failed(SystemError)
  }

  /// Sends `message`, one or more lines of `NAME=value`, to the socket at `path`; `@` begins an abstract name.
  static func send(_ message: String, to path: String?) -> Outcome {
    guard let path, !path.isEmpty else { return .noSocket }
    let name = Array(path.utf8)
    var address = sockaddr_un()
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard name[0] == UInt8(ascii: "/") || name[0] == UInt8(ascii: "@"), name.count < capacity else {
      return .failed(SystemError(code: EINVAL))
    }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    if name[0] == UInt8(ascii: "@") { address.sun_path.0 = 0 }
    let length = socklen_t((MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + name.count)

    let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if file < 0 { return .failed(.last) }
    defer { close(file) }
    let bytes = Array(message.utf8)
    let sent = unsafe withUnsafePointer(to: address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe sendto(file, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL), address, length)
        }
      }
    }
    return sent == bytes.count ? .sent : .failed(.last)
  }

  /// The socket that the environment names.
  static var socketPath: String? { environment("NOTIFY_SOCKET") }

  /// Removes an environment variable.
  static func removeFromEnvironment(_ name: String) { unsafe unsetenv(name) }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
