import HashCommands
import Persistence
import Replication

@testable import ServerKernel

/// A server as it is assembled, with modules that bring directives of their own, and with parameters that a test can
/// look into. It is never run: it opens no socket and no file.
struct TestServer {
  let server = Server(modules: [Hashes.self, Persistence.self, ReplicationModule.self])
  var configuration: Configuration { server.configuration }
  let entries = Setting<Int>("test-entries", default: 512, range: 0...Int.max, aliases: ["test-old-entries"])
  let memory = Setting<Int>("test-memory", default: 0, range: 0...Int.max, format: .memory)
  let secret = StringSetting("test-secret", default: nil, flags: .sensitive)

  init() throws {
    try configuration.register([
      entries.parameter, memory.parameter, secret.parameter,
    ])
    try configuration.registerUnsupportedDirectives()
  }

  /// One that has its databases, and knows what time it is.
  static func withDatabases() throws -> Server {
    let server = try TestServer().server
    server.makeDatabases()
    server.updateTime()
    return server
  }

  /// `CONFIG SET` by a client on this machine: nil when it worked, else the error reply.
  func set(_ words: String..., loading: Bool = false) -> String? {
    let assignments = stride(from: 0, to: words.count, by: 2).map {
      (name: Array(words[$0].utf8), value: Array(words[$0 + 1].utf8))
    }
    do throws(ConfigurationSetError) {
      try configuration.set(assignments, by: .init(isLocal: true, isLoading: loading))
      return nil
    } catch {
      return String(decoding: error.reply.bytes, as: UTF8.self)
    }
  }

  /// `CONFIG GET`, as `name=value` in the order of the reply.
  func get(_ patterns: String...) -> [String] {
    configuration.get(matching: patterns.map { Array($0.utf8) }).map {
      String(decoding: $0.name, as: UTF8.self) + "=" + String(decoding: $0.value, as: UTF8.self)
    }
  }

  /// Loads a configuration file's text: nil when it is right, else what standard error gets.
  func load(_ text: String) -> String? {
    do throws(ConfigurationFileError) {
      try configuration.load(text: Array(text.utf8))
      return nil
    } catch {
      return error.report.map { String(decoding: $0, as: UTF8.self) } ?? "unreadable"
    }
  }

  func rewrite(_ old: String) -> String {
    String(decoding: configuration.rewritten(Array(old.utf8)), as: UTF8.self)
  }
}
