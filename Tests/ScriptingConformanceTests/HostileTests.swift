import ConformanceSupport
import Testing

/// Scripts that mean harm: the server survives them, and has its memory back.
@Suite(.serialized) struct HostileTests {
  static let scripts = [
    // Recursion, in Lua and through C.
    "local function f() return f() + 1 end return f()", "local function f() return pcall(f) end return f()",
    "local function f() return string.gsub('a', '.', f) end return f()",
    "local t = setmetatable({}, {__index = function(t, k) return t[k] end}) return t.x",
    "local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) return tostring(t)",
    "local f f = function() return coroutine.wrap(f)() end return f()",
    // Memory.
    "return string.rep('x', 1e7)", "return string.rep('x', 1e10)", "return string.rep('xx', 1e9)",
    "return load(function() return 'x ' end)()",
    "local t = {} for i = 1, 40 do t = {t, t} end return cjson.encode(t)",
    "local t = {} for i = 1, 40 do t = {t, t} end return #t", "return cjson.encode({[2^31] = 1})",
    "cjson.decode_max_depth(2^31 - 1) return cjson.decode(('['):rep(1e6))",
    "cjson.decode_max_depth(2^31 - 1) return cjson.decode(('[{\"a\":'):rep(1e5))", "cjson.decode_max_depth(1000)",
    "return unpack({}, 1, 1e7)", "return struct.pack('c2147483647', 'a')",
    "return cmsgpack.unpack('\\221\\255\\255\\255\\255')",
    "return struct.unpack('c0', 'x', 9e15)",
    // Errors of every type, from everywhere.
    "error({})", "error(error)", "error(coroutine.create(error))", "error(setmetatable({}, {__index = error}))",
    "error({err = {}})", "local t = {} t.err = t error(t)", "return {err = {}}", "return {ok = {}}",
    "return {verbatim_string = {format = 1, string = {}}}", "return {map = {{}, [{}] = {}}}",
    "return setmetatable({}, {__index = error, __len = error, __newindex = error})",
    "return redis.call(setmetatable({}, {__tostring = error}))",
    // Ways out.
    "rawset(redis, 'call', 1)", "rawset(_G, 'x', 1)", "setmetatable(_G, nil)", "getmetatable('').__index = nil",
    "getmetatable(_G).__index = nil", "string.rep = nil", "table.insert(redis, 1)",
    "for k in pairs(_G) do _G[k] = nil end",
    "return loadstring(string.dump(function() end))()", "return load(function() return '\\27Lua' end)()",
    "return setmetatable(getmetatable(''), {})", "next(redis, 'nope')", "return newproxy(true)",
    "redis.call = nil", "KEYS = nil", "return getfenv(0)", "collectgarbage('stop')", "collectgarbage('setpause', 0)",
    "return collectgarbage('nonsense')", "return coroutine.wrap(function() coroutine.yield(redis.call('ping')) end)()",
    "return coroutine.yield(1)", "return select(-1e9)",
    "return string.format('%1000d', 1)", "return ('%s'):rep(99):format()",
  ]

  @Test func theServerSurvives() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    _ = try client.call(["EVAL", "return 1", "0"])
    for script in Self.scripts {
      let reply = try client.call(["EVAL", script, "0"])
      #expect(!reply.raw.isEmpty)
      #expect(try client.call("PING").value.text == "PONG", "\(script)")
    }
    // Nothing of it is left for those that come after.
    let checks = [
      "return redis.call('ping').ok", "return ('x'):rep(3)", "return type(KEYS)..type(string.rep)..type(redis.pcall)",
      "return tostring(rawget(_G, 'x'))", "return cjson.encode({1})",
    ]
    let replies = try checks.map { try client.call(["EVAL", $0, "0"]).value.text }
    #expect(replies == ["PONG", "xxx", "tablefunctionfunction", "nil", "[1]"])
  }

  @Test func memoryIsLimited() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--lua-memory-limit", "4mb"])
    let client = try process.connect()
    for script in ["local t = {} while true do t[#t + 1] = {} end", "return string.rep('x', 5e6)"] {
      #expect(try client.call(["EVAL", script, "0"]).value.text?.contains("not enough memory") ?? false)
    }
    #expect(try client.call(["EVAL", "return string.rep('x', 1e5)", "0"]).value.text?.utf8.count == 100_000)
  }

  @Test func scriptsOfEVALAreForgotten() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    _ = try client.call(["SCRIPT", "LOAD", "return 'kept'"])
    for number in 0..<2000 { _ = try client.call(["EVAL", "return \(number)", "0"]) }
    let info = try client.call("INFO memory").value.text ?? ""
    #expect(info.contains("number_of_cached_scripts:501\r\n"))
  }
}
