import Testing

@testable import ServerKernel

@Suite struct DirectiveCoverageTests {
  @Test func everyDirectiveOfRedisIsKnownWithItsDefault() throws {
    let configuration = Configuration()
    try configuration.register(Log.parameters + ProcessParameters.all)
    try configuration.registerUnsupportedDirectives()
    let shown = configuration.get(matching: [[UInt8(ascii: "*")]])
      .map { String(decoding: $0.name, as: UTF8.self) + "=" + String(decoding: $0.value, as: UTF8.self) }
      .filter { !$0.hasPrefix("dir=") }
    let recorded = recordedDefaults.split(separator: "\n").map(String.init)
    #expect(Set(shown) == Set(recorded))
    #expect(shown.count == recorded.count)
    for hidden in ["rdb-key-save-delay", "key-load-delay", "watchdog-period", "use-exit-on-panic"] {
      #expect(configuration.text(of: hidden) != nil)
    }
  }

  @Test func everyDefaultLoadsFromItsOwnLines() throws {
    let configuration = Configuration()
    try configuration.registerUnsupportedDirectives()
    for entry in configuration.entries where !entry.isAlias {
      let before = entry.parameter.get()
      var text: [UInt8] = []
      for line in entry.parameter.lines() { text += Array("\(entry.name) ".utf8) + line.value + [0x0a] }
      #expect(throws: Never.self, "\(entry.name)") { try configuration.load(text: text) }
      #expect(entry.parameter.get() == before, "\(entry.name)")
    }
  }
}
