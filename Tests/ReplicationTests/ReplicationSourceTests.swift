import Containers
import ServerKernel
import Testing

@testable import Replication

/// The value of `replicaof`.
@Suite struct ReplicationSourceTests {
  private func parse(_ words: String...) throws(ConfigurationError) -> ReplicationSource {
    try ReplicationSource.parse(
      words.map { Array($0.utf8) }, previous: ReplicationSource(), source: .file(repeated: false))
  }

  @Test func anAddressIsReadAndWritten() throws {
    let source = try parse("Primary.example", "6379")
    #expect(source.name == "Primary.example:6379" && source.text == Array("Primary.example 6379".utf8))
    #expect(source.isSame(as: ReplicationSource(host: "pRIMARY.EXAMPLE", port: 6379)))
    #expect(!source.isSame(as: ReplicationSource(host: "primary.example", port: 6380)))
    #expect(source.lines(default: ReplicationSource()).count == 1)
  }

  @Test func noOneIsNobody() throws {
    let source = try parse("NO", "one")
    #expect(source.host == nil && source.text.isEmpty && source.lines(default: ReplicationSource()).isEmpty)
  }

  @Test func whatIsNoAddressIsRefused() {
    #expect(throws: ConfigurationError.self) { try self.parse("localhost") }
    #expect(throws: ConfigurationError.self) { try self.parse("localhost", "65536") }
    #expect(throws: ConfigurationError.self) { try self.parse("localhost", "-1") }
    #expect(throws: ConfigurationError.self) { try self.parse("localhost", "6379", "more") }
  }
}
