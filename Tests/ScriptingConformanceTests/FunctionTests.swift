import ConformanceSupport
import Glibc
import Testing

/// Libraries of functions: what is kept of them, and functions that run for too long.
@Suite(.serialized) struct FunctionTests {
  private static let counter = library("counter", function: "count", "return redis.call('incr', keys[1])")

  @Test func librariesAreKept() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "yes"])
    let client = try process.connect()
    _ = try client.call(["FUNCTION", "LOAD", Self.counter])
    _ = try client.call(["FUNCTION", "LOAD", library("gone", function: "gone", "return 1")])
    _ = try client.call("FUNCTION DELETE gone")
    #expect(try client.call("FCALL count 1 n").value.number == 1)
    // From the commands, from a rewritten file, and made anew in memory.
    for restart in 0..<3 {
      if restart == 1 {
        _ = try process.connect().call("FLUSHALL")
        _ = try process.connect().call("BGREWRITEAOF")
        try Wait.until { try process.connect().call("INFO persistence").value.text?.contains("rewrites:1") ?? false }
      }
      if restart == 2 {
        #expect(try process.connect().call("DEBUG RELOAD").value.text == "OK")
      } else {
        process.killNow()
        try process.start()
      }
      let again = try process.connect()
      #expect(try again.call("FCALL count 1 m").value.number == (restart == 2 ? 2 : 1))
      #expect(try again.call("FUNCTION LIST").value.elements?.count == 1)
    }
  }

  private static func dump(_ client: RESPClient) throws -> [UInt8] {
    guard case .bulk(let bytes) = try client.call("FUNCTION DUMP").value else { return [] }
    return bytes
  }

  @Test func dumpsAreExchanged() throws {
    guard let oracle = ServerBinary.oracle() else { return }
    let process = try ServerProcess(.underTest()), other = try ServerProcess(oracle)
    let ours = try process.connect(), theirs = try other.connect()
    // Such as are compressed, and such as are not.
    let sources = [
      Self.counter, library("long", function: "long", "return '" + String(repeating: "ab", count: 20_000) + "'"),
      library("short", function: "s", ""), library("middle", function: "m", "return [[\(Self.counter)]]"),
    ]
    for source in sources { #expect(try !theirs.call(["FUNCTION", "LOAD", source]).value.isError) }
    let dump = try Self.dump(theirs)
    let restore = Array("FUNCTION RESTORE".utf8).split(separator: 32).map(Array.init)
    #expect(try ours.call(Command(restore + [dump])).value.text == "OK")
    for source in sources {
      let name = try #require(source.split(separator: "\n").first?.split(separator: "=").last.map(String.init))
      let list = try ours.call(["FUNCTION", "LIST", "LIBRARYNAME", name, "WITHCODE"])
      #expect(try list.raw == theirs.call(["FUNCTION", "LIST", "LIBRARYNAME", name, "WITHCODE"]).raw)
    }
    let back = try Self.dump(ours)
    #expect(try theirs.call(Command(restore + [back, Array("FLUSH".utf8)])).value.text == "OK")
    #expect(try theirs.call("FUNCTION LIST").value.elements?.count == sources.count)
    // Damage is told, and changes nothing.
    for position in 0..<min(dump.count, 400) {
      var damaged = dump
      damaged[position] ^= 0x55
      #expect(try ours.call(Command(restore + [damaged, Array("FLUSH".utf8)])).value.isError)
    }
    for count in 0..<200 { #expect(try ours.call(Command(restore + [Array(dump.prefix(count))])).value.isError) }
    #expect(try ours.call("FUNCTION LIST").value.elements?.count == sources.count)
  }

  @Test func aFunctionWithoutEndIsKilled() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--busy-reply-threshold", "20"])
    let client = try process.connect(), other = try process.connect()
    _ = try client.call(["FUNCTION", "LOAD", library("endless", function: "endless", "while true do end")])
    try client.send("FCALL endless 1 key argument")
    try Wait.until { try other.call("PING").value.text?.hasPrefix("BUSY") ?? false }
    let busy = "BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE."
    #expect(try other.call("GET a").value.text == busy)
    #expect(try other.call("SCRIPT KILL").value.text == busy)
    let stats = try other.call("FUNCTION STATS").value.elements?[1].elements ?? []
    #expect(stats.count == 6)
    #expect(stats[1].text == "endless")
    #expect(stats[3].elements?.map(\.text) == ["FCALL", "endless", "1", "key", "argument"])
    #expect(try other.call("FUNCTION KILL").value.text == "OK")
    #expect(
      try client.receive().value.text
        == "ERR Script killed by user with FUNCTION KILL. script: endless, on @user_function:2.")
    #expect(try other.call("FUNCTION STATS").value.elements?[1].elements == nil)
    // The one does not end the other's.
    try client.send(["EVAL", "while true do end", "0"])
    try Wait.until { try other.call("PING").value.text?.contains("SCRIPT KILL") ?? false }
    #expect(try other.call("FUNCTION KILL").value.text?.contains("SCRIPT KILL") ?? false)
    #expect(try other.call("FUNCTION STATS").value.text?.contains("SCRIPT KILL") ?? false)
    #expect(try other.call("SCRIPT KILL").value.text == "OK")
    #expect(try client.receive().value.isError)
  }

  /// Loops and recursions that are not to get the better of FUNCTION LOAD.
  private static let hostile = [
    "while true do end", "local function f() return f() + 1 end f()", "local t = {} while true do t[#t + 1] = {} end",
    "local s = 'x' while true do s = s .. s end", "for i = 1, 1e9 do redis.log(5, 'x') end",
    "for i = 1, 1e5 do redis.register_function('f' .. i, function() end) end redis.register_function(1)",
    "local t = {} t.flags = t redis.register_function(t)", "redis.register_function(function() end, function() end)",
  ]

  @Test func aLibraryThatDoesHarmIsRefused() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--lua-memory-limit", "64mb"])
    let client = try process.connect()
    for body in Self.hostile {
      #expect(try client.call(["FUNCTION", "LOAD", library(body)]).value.isError, "\(body)")
      #expect(try client.call("PING").value.text == "PONG", "\(body)")
    }
    #expect(try !client.call(["FUNCTION", "LOAD", Self.counter]).value.isError)
    #expect(try client.call("FCALL count 1 n").value.number == 1)
    _ = try client.call("FUNCTION FLUSH")
    #expect(try client.call("INFO memory").value.text?.contains("used_memory_vm_functions:0\r\n") ?? false)
  }

  @Test func librariesComeAndGoWithoutATrace() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    func memory() throws -> Int {
      let lines = try client.call("INFO memory").value.text?.split(separator: "\r\n") ?? []
      let line = lines.first { $0.hasPrefix("used_memory_vm_functions:") }
      return line.flatMap { Int($0.split(separator: ":")[1]) } ?? 0
    }
    func turn() throws {
      for number in 0..<1000 {
        _ = try client.call(["FUNCTION", "LOAD", "REPLACE", library("a", function: "f", "return \(number)")])
        _ = try client.call(["FUNCTION", "LOAD", library("redis.register_function('g', function() end) x = 1")])
      }
    }
    try turn()
    let before = try memory()
    try turn()
    #expect(try memory() < before * 2)
    #expect(try client.call("FCALL f 0").value.number == 999)
  }

  /// What is kept in a file outlives a start without the library.
  @Test func librariesOutliveAStartWithoutLua() throws {
    let settings = ["--appendonly", "yes"]
    let first = try ServerProcess(.underTest(), arguments: settings)
    _ = try first.connect().call(["FUNCTION", "LOAD", Self.counter])
    first.killNow()
    let second = try ServerProcess(
      .underTest(), arguments: settings + ["--dir", first.directory, "--lua-library", "libnothing.so.9"])
    #expect(try second.connect().call("FUNCTION LIST").value.elements?.count == 1)
    _ = try second.connect().call("BGREWRITEAOF")
    try Wait.until { try second.connect().call("INFO persistence").value.text?.contains("rewrites:1") ?? false }
    second.killNow()
    try first.start()
    #expect(try first.connect().call("FCALL count 1 n").value.number == 1)
  }

  /// The same with LuaJIT, where that is installed.
  @Test func functionsRunInLuaJIT() throws {
    guard let library = unsafe dlopen("libluajit-5.1.so.2", RTLD_NOW) else { return }
    unsafe dlclose(library)
    let process = try ServerProcess(
      .underTest(), arguments: ["--lua-library", "libluajit-5.1.so.2", "--lua-time-limit", "20"])
    let client = try process.connect(), other = try process.connect()
    #expect(try client.call(["EVAL", "return type(jit)", "0"]).value.isError)
    #expect(try !client.call(["FUNCTION", "LOAD", Self.counter]).value.isError)
    #expect(try client.call("FCALL count 1 n").value.number == 1)
    #expect(try client.call(["EVAL", "return cjson.encode({1, KEYS})", "1", "k"]).value.text == #"[1,["k"]]"#)
    #expect(try client.call(["EVAL", "return string.dump(function() end)", "0"]).value.text != nil)
    #expect(try client.call(["EVAL", "return loadstring(string.dump(function() end))", "0"]).value == .null)
    for script in BusyTests.endless {
      try client.send(["EVAL", script, "0"])
      try Wait.until { try other.call("PING").value.text?.hasPrefix("BUSY") ?? false }
      #expect(try other.call("SCRIPT KILL").value.text == "OK")
      #expect(try client.receive().value.isError)
    }
  }

  @Test func withoutTheLibraryScriptsSaySo() throws {
    let process = try ServerProcess(
      .underTest(), arguments: ["--appendonly", "yes", "--lua-library", "libnothing.so.9"])
    let client = try process.connect()
    let missing = "ERR scripts need the library of Lua 5.1: install the package liblua5.1-0 and restart"
    #expect(try client.call(["EVAL", "return 1", "0"]).value.text == missing)
    #expect(try client.call(["SCRIPT", "LOAD", "return 1"]).value.text == missing)
    #expect(try client.call(["FUNCTION", "LOAD", Self.counter]).value.text == missing)
    #expect(try client.call("FCALL count 1 n").value.text == "ERR Function not found")
    #expect(try client.call("SET a 1").value.text == "OK")
    #expect(process.log.contains("Debian package liblua5.1-0"))
    let named = try ServerProcess(.underTest(), arguments: ["--lua-library", "/nowhere/libluajit-5.1.so.2"])
    let reply = try named.connect().call(["EVAL", "return 1", "0"])
    #expect(reply.value.text?.contains("install the package libluajit-5.1-2") ?? false)
  }
}
