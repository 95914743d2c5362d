import Testing

@testable import ServerKernel

@Suite struct LogTests {
  static func freshPath() -> String { "/tmp/goredis-log-\(RunIdentifier.make())" }

  @Test func writesLinesAsRedisDoes() async throws {
    let path = Self.freshPath()
    defer { FileSystem.remove(Array(path.utf8)) }
    await #expect(processExitsWith: .success) { [path = path as String] in
      Log.file.store(Array(path.utf8))
      try Log.checkFile()
      Log.verbose("too low")
      Log.notice("starting")
      Log.role = .master
      Log.level.store(.debug)
      Log.debug("low")
      Log.warning("high")
      Log.raw(.notice, "as it\nstands\n")
    }
    let text = String(decoding: try FileSystem.read(Array(path.utf8)), as: UTF8.self)
    let lines = text.split(separator: "\n")
    try #require(lines.count == 5)
    #expect(lines[0].wholeMatch(of: #/\d+:C \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} \* starting/#) != nil)
    #expect(lines[1].wholeMatch(of: #/\d+:M [^*]+ \. low/#) != nil)
    #expect(lines[2].wholeMatch(of: #/\d+:M [^*]+ # high/#) != nil)
    #expect(lines[3...] == ["as it", "stands"])
  }

  @Test func followsARenamedFile() async throws {
    let path = Self.freshPath()
    defer {
      FileSystem.remove(Array(path.utf8))
      FileSystem.remove(Array((path + ".1").utf8))
    }
    await #expect(processExitsWith: .success) { [path = path as String] in
      Log.file.store(Array(path.utf8))
      try Log.checkFile()
      Log.notice("first")
      try FileSystem.replace(Array((path + ".1").utf8), with: try FileSystem.read(Array(path.utf8)))
      FileSystem.remove(Array(path.utf8))
      Log.notice("second")
    }
    #expect(try FileSystem.read(Array(path.utf8)).split(separator: 0x0a).count == 1)
    #expect(try FileSystem.read(Array((path + ".1").utf8)).split(separator: 0x0a).count == 1)
  }

  @Test func anImpossibleFileStopsTheStart() async throws {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
      let configuration = Configuration()
      try configuration.register(Log.parameters)
      configuration.addFinalCheck(Log.checkFile)
      do throws(ConfigurationFileError) {
        try configuration.load(text: Array("logfile /nonexistent/x".utf8))
      } catch {
        error.exit()
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains(
        "\n*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nCan't open the log file: No such file or directory\n"))
  }
}
