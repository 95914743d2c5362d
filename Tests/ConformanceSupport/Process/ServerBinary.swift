import Glibc

/// A server program and the arguments it is always given.
public struct ServerBinary: Sendable, Hashable {
  public var path: String
  public var arguments: [String]

  public init(path: String, arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// Runs the program until it ends, as it does when it cannot start: what it printed, and its exit status.
  public func run(_ arguments: [String]) throws(ConformanceError) -> (text: String, status: Int32) {
    try ChildProcess.output(of: path, self.arguments + arguments)
  }

  /// The goredis to test: `GOREDIS_BINARY`, or the product that was built beside the running tests.
  public static func underTest() -> ServerBinary {
    environment("GOREDIS_BINARY").map { ServerBinary(path: $0) } ?? besideTests(named: "goredis")
  }

  /// Whether that is `Tests/with-io-threads`, whose options take the place of a test's own.
  public static let hasIOThreads = environment("GOREDIS_BINARY")?.hasSuffix("/with-io-threads") ?? false

  /// The goredis that was built beside the running tests, as they were, where there is one; otherwise this program.
  var withAssertions: ServerBinary {
    let candidate = ServerBinary.besideTests(named: "goredis")
    return isExecutable(candidate.path) ? candidate : self
  }

  /// An executable product of the package whose tests are running.
  public static func besideTests(named name: String) -> ServerBinary {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe readlink("/proc/self/exe", bytes.bindMemory(to: CChar.self).baseAddress!, bytes.count)
    }
    let executable = String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
    let folder = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    // A test bundle that a helper of the toolchain runs is not beside its products.
    for candidate in [folder + "/\(name)", ".build/debug/\(name)", ".build/release/\(name)"]
    where isExecutable(candidate) {
      return ServerBinary(path: candidate)
    }
    return ServerBinary(path: folder + "/\(name)")
  }

  /// The version of Redis whose replies are the right ones; its patch releases reply alike.
  public static let oracleVersion = "7.0."

  /// The real server to compare with: `REDIS_SERVER`, or redis-server from PATH; nil where none of the right version is
  /// installed, or where `REDIS_SERVER` is `none`.
  public static func oracle() -> ServerBinary? { installedOracle }

  private static let installedOracle: ServerBinary? = {
    let named = environment("REDIS_SERVER").map { [$0] }
    let folders = (environment("PATH") ?? "").split(separator: ":")
    for path in named ?? folders.map({ $0 + "/redis-server" }) where isExecutable(path) {
      if let version = try? ChildProcess.output(of: path, ["--version"]).text, version.contains("v=" + oracleVersion) {
        return ServerBinary(path: path)
      }
    }
    return nil
  }()
}
