import Testing

@testable import ServerKernel

@Suite struct ServerArgumentsTests {
  @Test(arguments: [
    ([], nil, nil, false),
    (["a.conf"], "/home/a.conf", "", false),
    (["/etc/a.conf", "--port", "7"], "/etc/a.conf", #"port "7" "#, false),
    (["../a.conf"], "/a.conf", "", false),
    (["--port", "7", "--hz", "20"], nil, "port \"7\" \nhz \"20\" ", false),
    (["--port 7", "--hz", "20"], nil, "port 7 \nhz \"20\" ", false),
    (["--bind", "a", "b", "--hz", "1"], nil, "bind \"a\" \"b\" \nhz \"1\" ", false),
    (["--requirepass", "--x"], nil, #"requirepass "--x" "#, false),
    (["--requirepass", "--x", "--hz", "1"], nil, "requirepass \"--x\" \nhz \"1\" ", false),
    (["--requirepass", ""], nil, #"requirepass "" "#, false),
    (["--save", "--hz", "1"], nil, "save \"\"\nhz \"1\" ", false),
    (["--hz", "1", "--save"], nil, "hz \"1\" \nsave \"\"", false),
    (["--save", "", "--hz", "1"], nil, "save \"\" \nhz \"1\" ", false),
    (["--port"], nil, "port ", false),
    (["-"], nil, "", true),
    (["a.conf", "--hz", "1", "-"], "/home/a.conf", #"hz "1" "#, true),
    (["a.conf", "-", "--hz", "1"], "/home/a.conf", #""-" \#nhz "1" "#, false),
    (["-x"], nil, #""-x" "#, false),
    (["--requirepass", "a\"b\n"], nil, #"requirepass "a\"b\n" "#, false),
  ] as [([String], String?, String?, Bool)])
  func parses(words: [String], file: String?, options: String?, readsStandardInput: Bool) {
    let arguments = ServerArguments(words.map { Array($0.utf8) }, directory: Array("/home".utf8))
    #expect(arguments.request == .run)
    #expect(arguments.configurationFile.map { String(decoding: $0, as: UTF8.self) } == file)
    #expect(arguments.options.map { String(decoding: $0, as: UTF8.self) } == options)
    #expect(arguments.readsStandardInput == readsStandardInput)
  }

  @Test func requestsThatStandAlone() {
    func request(_ words: String...) -> ServerArguments.Request {
      ServerArguments(words.map { Array($0.utf8) }, directory: []).request
    }
    #expect(request("-v") == request("--version"))
    #expect(request("-h") == request("--help"))
    guard case .show(_, false, 0) = request("-v"), case .show(_, true, 1) = request("-h"),
      case .show(_, true, 1) = request("--test-memory", "100")
    else {
      Issue.record("a request is not shown as it should be")
      return
    }
    #expect(request("--check-config", "a.conf") == .checkConfiguration)
    let check = ServerArguments([Array("--check-config".utf8), Array("a".utf8)], directory: [])
    #expect(check.configurationFile == [0x2f, 0x61])
  }

  @Test func optionsOverrideTheFileAndCountItsLines() throws {
    let directory = "/tmp/goredis-load-\(RunIdentifier.make())"
    let main = Array((directory + "-main.conf").utf8), included = Array((directory + "-part.conf").utf8)
    defer {
      FileSystem.remove(main)
      FileSystem.remove(included)
    }
    try FileSystem.replace(
      main, with: Array("hz 11\ninclude \(directory)-p*.conf\ninclude /nothing/*\ntimeout 1\n".utf8))
    try FileSystem.replace(included, with: Array("hz 12\ntimeout 9\nsave 1 1".utf8))
    func load(_ words: String...) throws -> TestServer {
      let server = try TestServer()
      try server.configuration.load(ServerArguments([main] + words.map { Array($0.utf8) }, directory: []))
      return server
    }
    let server = try load("--port", "7")
    #expect(server.get("hz", "timeout", "port", "save") == ["hz=12", "timeout=1", "port=7", "save=1 1"])
    #expect(try load("--hz", "13").get("hz") == ["hz=13"])
    let error = #expect(throws: ConfigurationFileError.self) { try load("--hz") }
    #expect(error == .line(number: 6, text: Array("hz".utf8), reason: "wrong number of arguments"))
    try FileSystem.replace(included, with: Array("include \(directory)-part.conf".utf8))
    #expect(throws: ConfigurationFileError.self) { try load() }
    try FileSystem.replace(included, with: Array("include /nothing/here".utf8))
    let unreadable = #expect(throws: ConfigurationFileError.self) { try load() }
    #expect(unreadable == .unreadable(path: Array("/nothing/here".utf8), reason: "No such file or directory"))
  }
}
