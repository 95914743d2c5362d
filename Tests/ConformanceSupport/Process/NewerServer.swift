/// A newer server, whose replies are the right ones to what redis-server 7.0 has not. `Benchmarks/peers` fetches it,
/// in the version that is pinned there.
public enum NewerServer: String, Sendable {
  case valkey = "valkey-server-9.1.2"
  case redis = "redis-server-8.2.3"

  /// The program; nil where it was not fetched.
  public var binary: ServerBinary? {
    let cache =
      environment("GOREDIS_CACHE") ?? environment("XDG_CACHE_HOME").map { $0 + "/goredis" }
      ?? environment("HOME").map { $0 + "/.cache/goredis" }
    guard let cache, let name = rawValue.split(separator: "-").first else { return nil }
    let path = "\(cache)/peers/\(rawValue)/\(name)-server"
    return isExecutable(path) ? ServerBinary(path: path) : nil
  }
}
