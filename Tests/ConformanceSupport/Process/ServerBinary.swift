import Glibc

/// A server program and the arguments it is always given.
public struct ServerBinary: Sendable, Hashable {
  public var path: String
  public var arguments: [String]

  public init(path: String, arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// The goredis to test: `GOREDIS_BINARY`, or the product that was built beside the running tests.
  public static func underTest() -> ServerBinary {
    if let path = environment("GOREDIS_BINARY") { return ServerBinary(path: path) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe readlink("/proc/self/exe", bytes.bindMemory(to: CChar.self).baseAddress!, bytes.count)
    }
    let executable = String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
    let folder = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    for candidate in [folder + "/goredis", ".build/debug/goredis", ".build/release/goredis"]
    where isExecutable(candidate) {
      return ServerBinary(path: candidate)
    }
    return ServerBinary(path: folder + "/goredis")
  }

  /// The real server to compare with: `REDIS_SERVER`, or redis-server from PATH; nil where none is installed.
  public static func oracle() -> ServerBinary? {
    if let path = environment("REDIS_SERVER") { return ServerBinary(path: path) }
    for folder in (environment("PATH") ?? "").split(separator: ":") where isExecutable(folder + "/redis-server") {
      return ServerBinary(path: folder + "/redis-server")
    }
    return nil
  }
}
