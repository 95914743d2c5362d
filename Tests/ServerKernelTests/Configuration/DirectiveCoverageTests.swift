import Testing

@testable import ServerKernel

@Suite struct DirectiveCoverageTests {
  @Test func hiddenDirectivesAreKnown() throws {
    let configuration = try TestServer().configuration
    for hidden in ["rdb-key-save-delay", "key-load-delay", "watchdog-period", "use-exit-on-panic"] {
      #expect(configuration.text(of: hidden) != nil)
    }
  }

  @Test func everyDefaultLoadsFromItsOwnLines() throws {
    let configuration = try TestServer().configuration
    for entry in configuration.entries where !entry.isAlias {
      let before = entry.parameter.get()
      var text: [UInt8] = []
      for line in entry.parameter.lines() { text += Array("\(entry.name) ".utf8) + line.value + [0x0a] }
      #expect(throws: Never.self, "\(entry.name)") { try configuration.load(text: text) }
      #expect(entry.parameter.get() == before, "\(entry.name)")
    }
  }
}
