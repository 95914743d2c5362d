import Testing

@testable import ServerKernel

@Suite struct ConfigurationGrammarTests {
  @Test(arguments: [
    ("port 6379", ["port", "6379"]),
    ("  port\t6379 \r", ["port", "6379"]),
    (#"save """#, ["save", ""]),
    (#"a "b c" 'd e'"#, ["a", "b c", "d e"]),
    (#"a "x\n\r\t\b\a\\\"\q" "#, ["a", "x\n\r\t\u{8}\u{7}\\\"q"]),
    (#"a "\x41\x4a" "\xZZ" "\x4""#, ["a", "AJ", "xZZ", "x4"]),
    (#"a 'it\'s' '\n'"#, ["a", "it's", #"\n"#]),
    (#"pre"fix and" rest"#, ["prefix and", "rest"]),
    (#"a b#c"#, ["a", "b#c"]),
    ("a\u{b}b", ["a\u{b}b"]),
    ("", []),
  ])
  func splitsWords(line: String, words: [String]) {
    #expect(splitArguments(Array(line.utf8))?.map { String(decoding: $0, as: UTF8.self) } == words)
  }

  @Test(arguments: [#"a "b"#, #"a 'b"#, #"a "b"c"#, #"a 'b'c"#, #"a "b\"#, #"""#])
  func refusesUnbalancedQuotes(line: String) {
    #expect(splitArguments(Array(line.utf8)) == nil)
  }

  @Test func quotesSoThatSplittingGivesItBack() {
    let bytes = (0...255).map { UInt8($0) }
    let text = quotedArgument(bytes)
    #expect(splitArguments(text) == [bytes])
    #expect(text.allSatisfy { 0x20...0x7e ~= $0 })
    #expect(quotedArgument(Array("a\u{7f}\"".utf8)) == Array(#""a\x7f\"""#.utf8))
  }

  @Test func loadsDirectives() throws {
    let server = try TestServer()
    let error = server.load(
      """
      # comment
        PORT 7000

      test-old-entries 9
      save 900 1
      save 300 10 60 100
      client-output-buffer-limit replica 64mb 8mb 30
      client-output-buffer-limit "pubsub 1kb 1k 1"
      lua-replicate-commands yes
      test-secret "a\\x20b"
      """)
    #expect(error == nil)
    #expect(server.entries.value == 9)
    #expect(
      server.get("port", "save", "client-output-buffer-limit", "test-secret") == [
        "port=7000", "save=900 1 300 10 60 100",
        "client-output-buffer-limit=normal 0 0 0 slave 67108864 8388608 30 pubsub 1024 1000 1", "test-secret=a b",
      ])
  }

  @Test func savePointsOfAFileReplaceTheDefaultsAndEmptyOnesRemoveThem() throws {
    let server = try TestServer()
    #expect(server.get("save") == ["save=3600 1 300 100 60 10000"])
    #expect(server.load("save 1 1\nsave \"\"\nsave 2 2") == nil)
    #expect(server.get("save") == ["save=2 2"])
    #expect(server.load("save \"\"") == nil)
    #expect(server.get("save") == ["save="])
  }

  // Texts and line numbers as the real server writes them.
  @Test(arguments: [
    ("\nfoo \"bar\" ", 2, "foo \"bar\"", "Bad directive or wrong number of arguments"),
    ("port 1\n\n  port", 3, "port", "wrong number of arguments"),
    ("port \"1\" \"2\"", 1, "port \"1\" \"2\"", "wrong number of arguments"),
    ("port \"abc\"", 1, "port \"abc\"", "argument couldn't be parsed into an integer"),
    ("port 010", 1, "port 010", "argument couldn't be parsed into an integer"),
    ("port 99999", 1, "port 99999", "argument must be between 0 and 65535 inclusive"),
    ("maxmemory 10q", 1, "maxmemory 10q", "argument must be a memory value"),
    ("maxmemory -1", 1, "maxmemory -1", "argument must be a memory value"),
    ("maxmemory-clients 200%", 1, "maxmemory-clients 200%", "percentage argument must be less or equal to 100"),
    ("maxmemory-clients x%", 1, "maxmemory-clients x%", "argument must be a memory or percent value"),
    ("unixsocketperm 9", 1, "unixsocketperm 9", "argument couldn't be parsed as an octal number"),
    ("unixsocketperm 7777", 1, "unixsocketperm 7777", "argument must be between 0 and 777 inclusive"),
    ("appendonly maybe", 1, "appendonly maybe", "argument must be 'yes' or 'no'"),
    ("dbfilename a/b", 1, "dbfilename a/b", "dbfilename can't be a path, just a filename"),
    ("appenddirname a/b", 1, "appenddirname a/b", "appenddirname can't be a path, just a dirname"),
    ("appendfilename ''", 1, "appendfilename ''", "appendfilename can't be empty"),
    ("save 1", 1, "save 1", "Invalid save parameters"),
    ("save 0 1", 1, "save 0 1", "Invalid save parameters"),
    (
      "appendfsync never", 1, "appendfsync never",
      "argument(s) must be one of the following: everysec, always, no"
    ),
    (
      "shutdown-on-sigint \"save nosave\"", 1, "shutdown-on-sigint \"save nosave\"",
      "shutdown options SAVE and NOSAVE can't be used simultaneously"
    ),
    (
      "client-output-buffer-limit master 1 1 1", 1, "client-output-buffer-limit master 1 1 1",
      "Invalid client class specified in buffer limit configuration."
    ),
    ("notify-keyspace-events Q", 1, "notify-keyspace-events Q",
      "Invalid event class character. Use 'Ag$lshzxeKEtmdn'."),
    ("port \"1", 1, "port \"1", "Unbalanced quotes in configuration line"),
    ("a.b", 1, "a.b", "Module config specified without value"),
    ("sentinel monitor", 1, "sentinel monitor", "sentinel directive while not in sentinel mode"),
  ])
  func reportsWrongLines(text: String, line: Int, shown: String, reason: String) throws {
    #expect(
      try TestServer().load(text) == """

        *** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***
        Reading the configuration file, at line \(line)
        >>> '\(shown)'
        \(reason)

        """)
  }

  @Test func failedFinalChecksAreReportedWithoutALine() throws {
    let server = try TestServer()
    server.configuration.addFinalCheck { () throws(ConfigurationError) in throw ConfigurationError("no good") }
    #expect(server.load("port 1") == "\n*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nno good\n")
  }

  @Test func fileDirectivesGetTheirArguments() throws {
    let configuration = Configuration()
    var renamed: [[String]] = []
    try configuration.register(
      FileDirective("rename-command", argumentCount: 2...2) { words throws(ConfigurationError) in
        renamed.append(words.map { String(decoding: $0, as: UTF8.self) })
      })
    try configuration.registerUnsupportedDirectives()
    try configuration.load(text: Array("rename-command CONFIG \"\"\nRename-Command A b".utf8))
    #expect(renamed == [["CONFIG", ""], ["A", "b"]])
    #expect(throws: ConfigurationFileError.self) { try configuration.load(text: Array("rename-command x".utf8)) }
  }
}
