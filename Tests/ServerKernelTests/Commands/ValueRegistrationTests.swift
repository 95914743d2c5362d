import HashCommands
import HashValues
import Testing

@testable import ServerKernel

/// What becomes of a value type that several modules add.
@Suite struct ValueRegistrationTests {
  /// With Redis' own module of the type and without it, in either order.
  @Test func aTypeIsAddedOnce() {
    for modules: [any CommandModule.Type] in [
      [Sharing.self, AlsoSharing.self], [Hashes.self, Sharing.self], [Sharing.self, Hashes.self],
    ] {
      let server = Server(modules: modules)
      #expect(server.keyspace.value.kinds.map(\.typeName.description) == ["hash"])
      let directive = server.configuration.get(matching: [Array("hash-max-listpack-entries".utf8)])
      #expect(directive.map { String(decoding: $0.value, as: UTF8.self) } == ["512"])
    }
  }

  @Test func aNameIsOneTypes() async {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardOutputContent]) {
      _ = Server(modules: [Hashes.self, Impostor.self])
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(text.contains("Cannot start: two value types are named 'hash': HashValues.HashValue"))
    #expect(text.contains("OtherHash"))
  }
}

private enum Sharing: CommandModule {
  static var commands: [any RedisCommand.Type] { [] }
  static func register(in registry: Registry) { registry.add(HashValue.self) }
}

private enum AlsoSharing: CommandModule {
  static var commands: [any RedisCommand.Type] { [] }
  static func register(in registry: Registry) { registry.add(HashValue.self) }
}

private enum Impostor: CommandModule {
  static var commands: [any RedisCommand.Type] { [] }
  static func register(in registry: Registry) { registry.add(OtherHash.self) }
}

/// Another type of the name.
private struct OtherHash: StoredValue, ~Copyable {
  static var typeName: StaticString { "hash" }
  static var digestNumber: UInt32 { 5 }
  static var elementCommand: ElementCommand { ElementCommand("OTHER") }

  init() {}
  init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {}

  var isEmpty: Bool { true }
  var encodingName: StaticString { "none" }
  var freeEffort: Int { 0 }
  var elementCount: Int { 0 }
  func copy() -> OtherHash { OtherHash() }
  func memoryUse(samples: Int) -> Int { 0 }
  func writeElements(into writer: inout ElementWriter) {}
  func digest(into digest: inout ValueDigest) {}
}
