import ConformanceSupport
import Glibc
import Testing

/// Scripts that run for too long: others are told so, and may end them.
@Suite(.serialized) struct BusyTests {
  /// Loops that nothing but SCRIPT KILL ends.
  static let endless = [
    "while true do end", "while true do pcall(function() while true do end end) end",
    "local f = coroutine.wrap(function() while true do end end) while true do pcall(f) end",
    "return cjson.encode(string.gsub(string.rep('a', 100), '.', function() while true do end end))",
  ]

  @Test(arguments: endless) func aScriptWithoutEndIsKilled(script: String) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--lua-time-limit", "20"])
    let client = try process.connect(), other = try process.connect()
    try client.send(["EVAL", script, "0"])
    // What arrives together with a script waits for it.
    usleep(100_000)
    try Wait.until { try other.call("PING").value.text?.hasPrefix("BUSY") ?? false }
    // New connections are taken, and told the same.
    let late = try process.connect()
    #expect(try late.call("GET a").value.text?.hasPrefix("BUSY") ?? false)
    #expect(try late.call("SHUTDOWN").value.text?.hasPrefix("BUSY") ?? false)
    #expect(try other.call("SCRIPT KILL").value.text == "OK")
    #expect(try client.receive().value.text?.hasPrefix("ERR Script killed by user with SCRIPT KILL.") ?? false)
    #expect(try other.call("PING").value.text == "PONG")
    #expect(try client.call(["EVAL", "return 1", "0"]).value.number == 1)
  }

  @Test func aScriptThatHasWrittenIsNotKilled() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--lua-time-limit", "20"])
    let client = try process.connect(), other = try process.connect()
    try client.send(["EVAL", "redis.call('set','a','1') while redis.call('exists','b') == 0 do end", "0"])
    usleep(100_000)
    try Wait.until { try other.call("PING").value.text?.hasPrefix("BUSY") ?? false }
    #expect(try other.call("SCRIPT KILL").value.text?.hasPrefix("UNKILLABLE") ?? false)
    try other.send("SHUTDOWN NOSAVE")
    #expect(throws: ConformanceError.self) { try other.receive() }
  }
}

/// Waits for what takes a moment.
enum Wait {
  static func until(_ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try !condition() {
      if ContinuousClock.now > deadline { throw ConformanceError("what was waited for does not happen") }
      usleep(2000)
    }
  }
}
