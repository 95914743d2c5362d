import Containers

/// Every directive of Redis 7.0 that no part of this server has taken over yet: its syntax and its default.
///
/// `CONFIG GET` shows them, `CONFIG SET` and configuration files may set them, and the log says that this has no
/// effect; what would be dangerous to ignore is refused. Whoever makes one work registers it where it is used and
/// deletes its row here; both together stop the start.
enum UnsupportedDirectives {
  static var all: [UnsupportedDirective] {
    network + tls + general + memory + security + cluster + observation
  }

  /// Directives of configuration files alone.
  static var fileDirectives: [FileDirective] {
    [
      FileDirective("user", argumentCount: 1...Int.max) { words throws(ConfigurationError) in
        if !isUnrestrictedDefaultUser(words) { throw UnsupportedDirective.refusal("user", Danger.noUsers) }
      },
      FileDirective("loadmodule", argumentCount: 1...Int.max) { _ throws(ConfigurationError) in
        throw UnsupportedDirective.refusal("loadmodule", "the module's commands and data would be missing")
      },
    ]
  }

  /// `CONFIG REWRITE` of Redis always writes a line for the default user; without restrictions it asks for what
  /// happens anyway.
  private static func isUnrestrictedDefaultUser(_ words: [[UInt8]]) -> Bool {
    let rules = Set(words.dropFirst().map { String(decoding: $0.map(asciiLowercase), as: UTF8.self) })
    return words.first == Array("default".utf8) && rules.isSuperset(of: ["on", "nopass", "~*", "&*", "+@all"])
      && rules.isSubset(of: ["on", "nopass", "~*", "&*", "+@all", "sanitize-payload", "allkeys", "allchannels"])
  }

  /// Why some values are refused: what a server that ignored them would do.
  private enum Danger {
    static let noUsers = "there would be no users but the default one, who may do everything"
    static let notEncrypted = "connections would not be encrypted"
  }

  /// The bounds that Redis' C types set.
  private enum Limit {
    static let int32 = Int(Int32.max)
    static let uint32 = Int(UInt32.max)
  }

  // Network
  private static var network: [UnsupportedDirective] {
    [
      .integer("socket-mark-id", 0, in: 0...Limit.uint32, .immutable),
    ]
  }

  // TLS
  private static var tls: [UnsupportedDirective] {
    [
      .integer("tls-port", 0, in: 0...65535).refused(Danger.notEncrypted),
      .integer("tls-session-cache-size", 20480, in: 0...Limit.int32),
      .integer("tls-session-cache-timeout", 300, in: 0...Limit.int32),
      .yesOrNo("tls-cluster", false).refused(Danger.notEncrypted),
      .yesOrNo("tls-replication", false).refused(Danger.notEncrypted),
      .choice("tls-auth-clients", "yes", of: ["no", "yes", "optional"]).refused(Danger.notEncrypted),
      .yesOrNo("tls-prefer-server-ciphers", false),
      .yesOrNo("tls-session-caching", true),
      .text("tls-cert-file", nil, .volatile),
      .text("tls-key-file", nil, .volatile),
      .text("tls-key-file-pass", nil),
      .text("tls-client-cert-file", nil, .volatile),
      .text("tls-client-key-file", nil, .volatile),
      .text("tls-client-key-file-pass", nil),
      .text("tls-dh-params-file", nil, .volatile),
      .text("tls-ca-cert-file", nil, .volatile),
      .text("tls-ca-cert-dir", nil, .volatile),
      .text("tls-protocols", nil),
      .text("tls-ciphers", nil),
      .text("tls-ciphersuites", nil),
    ]
  }

  // General
  private static var general: [UnsupportedDirective] {
    [
      .yesOrNo("always-show-logo", false, .immutable),
      .yesOrNo("jemalloc-bg-thread", true),
      .yesOrNo("crash-memcheck-enabled", true),
      .yesOrNo("use-exit-on-panic", false, .hidden),
      .text("server_cpulist", nil, .immutable),
      .text("bio_cpulist", nil, .immutable),
      .text("aof_rewrite_cpulist", nil, .immutable),
      .text("bgsave_cpulist", nil, .immutable),
      .text("ignore-warnings", ""),
      .choice("enable-module-command", "no", of: ["no", "yes", "local"], .immutable),
      .yesOrNo("replica-ignore-disk-write-errors", false),
      .choice("propagation-error-behavior", "ignore", of: ["ignore", "panic", "panic-on-replicas"]),
      .integer("watchdog-period", 0, in: 0...Limit.int32, .hidden),
    ]
  }

  // Memory
  private static var memory: [UnsupportedDirective] {
    [
      // Redis refuses it as well where it was built without its own allocator, and clients look for that.
      .alwaysNo(
        "activedefrag",
        "Active defragmentation cannot be enabled: it requires a Redis server compiled with a modified Jemalloc "
          + "like the one shipped by default with the Redis source distribution"),
      .integer("active-defrag-cycle-min", 1, in: 1...99),
      .integer("active-defrag-cycle-max", 25, in: 1...99),
      .integer("active-defrag-threshold-lower", 10, in: 0...1000),
      .integer("active-defrag-threshold-upper", 100, in: 0...1000),
      .integer("active-defrag-max-scan-fields", 1000, in: 1...Int.max),
      .memory("active-defrag-ignore-bytes", 100 << 20, in: 1...Int.max),
      .integer("tracking-table-max-keys", 1_000_000, in: 0...Int.max),
    ]
  }

  // Security
  private static var security: [UnsupportedDirective] {
    [
      .text("aclfile", "", .immutable).refused(Danger.noUsers),
      .choice("acl-pubsub-default", "resetchannels", of: ["allchannels", "resetchannels"]),
      .integer("acllog-max-len", 128, in: 0...Int.max),
    ]
  }

  // Cluster
  private static var cluster: [UnsupportedDirective] {
    [
      .yesOrNo("cluster-require-full-coverage", true),
      .yesOrNo("cluster-replica-no-failover", false, alias: "cluster-slave-no-failover"),
      .yesOrNo("cluster-enabled", false, .immutable).refused("the server would serve all slots by itself"),
      .yesOrNo("cluster-allow-reads-when-down", false),
      .yesOrNo("cluster-allow-pubsubshard-when-down", true),
      .yesOrNo("cluster-allow-replica-migration", true),
      .text("cluster-announce-ip", nil),
      .text("cluster-config-file", "nodes.conf", .immutable),
      .text("cluster-announce-hostname", nil, validate: hostName),
      .choice("cluster-preferred-endpoint-type", "ip", of: ["ip", "hostname", "unknown-endpoint"]),
      .integer("cluster-replica-validity-factor", 10, in: 0...Limit.int32, alias: "cluster-slave-validity-factor"),
      .integer("cluster-migration-barrier", 1, in: 0...Limit.int32),
      .integer("cluster-port", 0, in: 0...65535, .immutable),
      .integer("cluster-announce-bus-port", 0, in: 0...65535),
      .integer("cluster-announce-port", 0, in: 0...65535),
      .integer("cluster-announce-tls-port", 0, in: 0...65535),
      .integer("cluster-node-timeout", 15000, in: 0...Int.max),
      .memory("cluster-link-sendbuf-limit", 0),
    ]
  }

  // Observation
  private static var observation: [UnsupportedDirective] {
    [
    ]
  }

  @Sendable private static func hostName(_ name: [UInt8]) throws(ConfigurationError) {
    if name.count >= 256 { throw ConfigurationError("Hostnames must be less than 256 characters") }
    let isPlain = name.allSatisfy { 48...57 ~= $0 || 97...122 ~= asciiLowercase($0) || $0 == 45 || $0 == 46 }
    if !isPlain {
      throw ConfigurationError("Hostnames may only contain alphanumeric characters, hyphens or dots")
    }
  }
}
