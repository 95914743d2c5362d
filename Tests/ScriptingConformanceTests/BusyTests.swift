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

  /// What arrives in one turn with a script without end is answered, before or behind it, and may end it.
  @Test(arguments: [[], ["--appendonly", "yes", "--appendfsync", "always"]])
  func whatArrivesTogetherIsAnswered(arguments: [String]) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--lua-time-limit", "20"] + arguments)
    let client = try process.connect(), others = try (0..<8).map { _ in try process.connect() }
    for turn in 0..<10 {
      // While the server sleeps all of it arrives.
      try client.send("DEBUG SLEEP 0.1")
      try client.send(["EVAL", "while true do end", "0"])
      for other in others {
        try other.send(["SET", "a", "\(turn)"])
        try other.send(["SET", "b", "\(turn)"])
      }
      for other in others {
        for _ in 0..<2 {
          let text = try other.receive().value.text
          #expect(text == "OK" || text?.hasPrefix("BUSY") ?? false)
        }
      }
      #expect(try others[turn % 8].call("SCRIPT KILL").value.text == "OK")
      #expect(try client.receive().value.text == "OK")
      #expect(try client.receive().value.isError)
      #expect(try others[0].call("PING").value.text == "PONG")
    }
  }

  @Test func aScriptThatHasWrittenIsNotKilled() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--lua-time-limit", "20"])
    let client = try process.connect(), other = try process.connect()
    try client.send(["EVAL", "redis.call('set','a','1') while redis.call('exists','b') == 0 do end", "0"])
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
