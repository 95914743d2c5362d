import ConformanceSupport

/// A library with this body, which begins in the second line.
func library(_ body: String, named name: String = "lib") -> String { "#!lua name=\(name)\n\(body)" }

/// A library with one function.
func library(_ name: String, function: String, _ body: String) -> String {
  library("redis.register_function('\(function)', function(keys, args) \(body) end)", named: name)
}

/// A case that loads libraries, which succeeds or not.
private func loads(_ name: String, _ sources: String...) -> ConformanceCase {
  var test = ConformanceCase("FUNCTION LOAD: \(name)", setup: ["FUNCTION FLUSH"])
  test.commands = sources.map { ["FUNCTION", "LOAD", $0] }
  return test
}

/// A case of functions without keys, each the only one of its library.
private func calls(_ name: String, _ bodies: String...) -> ConformanceCase {
  var test = ConformanceCase("FCALL: \(name)", setup: ["FUNCTION FLUSH"])
  for (number, body) in bodies.enumerated() {
    test.setup.append(["FUNCTION", "LOAD", library("lib\(number)", function: "f\(number)", body)])
    test.commands.append(["FCALL", "f\(number)", "1", "key", "argument"])
  }
  return test
}

/// FUNCTION and FCALL.
let functionCases: [ConformanceCase] = [
  loads(
    "the first line", "return 1", "#!lua", "#!lua name=a", "#!lua\nx", "#!\nx", "#! \nx", "#!lua name=a name=b\n",
    "#!lua foo=1\n", "#!lua name=\n", "#!lua name=a-b\n", "#!foo name=a\n", "#!lua \"name=a c\"\n", "#!lua name=\"x\n",
    "#!LUA NAME=aa\nredis.register_function('f', function() end)",
    "#!lua 'name=q1'\nredis.register_function('h', function() end)"),
  loads(
    "what code finds", library("return 1"), library("x y"), library("redis.call('ping')"), library("error('no')"),
    library("math.random()"), library("local x = nil; x.y = 1"), library("a = 1"), library("redis.setresp(3)"),
    library("redis.log(redis.LOG_DEBUG, 'x')"), library("redis.log()"), library("_G.x = 1"), library("redis.x = 1"),
    library("KEYS = 1"), library("local x = KEYS"), library("return ('a'):upper()"), library("redis.REDIS_VERSION()"),
    "#!lua name=lines\n\n\nerror('fourth')", "#!lua name=lines\n\n\nx y", library("\u{1b}Lua")),
  loads(
    "functions by position", library("redis.register_function()"), library("redis.register_function('a')"),
    library("redis.register_function('a', 1)"), library("redis.register_function({}, function() end)"),
    library("redis.register_function('a', function() end, 1)"), library("redis.register_function('', function() end)"),
    library("redis.register_function('a-b', function() end)"), library("redis.register_function(5, function() end)"),
    library("redis.register_function('a', function() end) redis.register_function('a', function() end)"),
    library("redis.register_function('a', redis.log)", named: "log")),
  loads(
    "functions by name", library("redis.register_function({})"), library("redis.register_function({1})"),
    library("redis.register_function({[{}] = 1})"), library("redis.register_function({foo = 1})"),
    library("redis.register_function({function_name = {}})"), library("redis.register_function({function_name = 'a'})"),
    library("redis.register_function({callback = function() end})"),
    library("redis.register_function({function_name = 'a', callback = 1})"),
    library("redis.register_function({callback = function() end, function_name = 'a', description = {}})"),
    library("redis.register_function({function_name = 'a', callback = function() end, flags = 1})"),
    library("redis.register_function({function_name = 'a', callback = function() end, flags = {'x'}})"),
    library("redis.register_function({function_name = 'a', callback = function() end, flags = {{}}})"),
    library(
      "redis.register_function{FUNCTION_name = 'n', CALLBACK = function() end, description = 5, flags = {'NO-writes'}"
        + "}")),
  loads(
    "names that are taken", library("one", function: "f", ""), library("one", function: "g", ""),
    library("two", function: "F", ""), library("ONE", function: "g", "")),
  ConformanceCase(
    "FUNCTION LOAD REPLACE", setup: ["FUNCTION FLUSH", ["FUNCTION", "LOAD", library("a", function: "f", "return 1")]],
    ["FUNCTION", "LOAD", "REPLACE", library("a", function: "f", "return 2")], "FCALL f 0",
    ["FUNCTION", "LOAD", "replace", library("a", function: "g", "return 3")], "FCALL f 0", "FCALL g 0",
    ["FUNCTION", "LOAD", "REPLACE", library("x y", named: "a")],
    ["FUNCTION", "LOAD", library("b", function: "h", "return 4")],
    ["FUNCTION", "LOAD", "REPLACE", library("a", function: "h", "return 5")], "FCALL g 0", "FCALL h 0",
    "FUNCTION LOAD", "FUNCTION LOAD x y", "FUNCTION LOAD REPLACE"),
  ConformanceCase(
    "FUNCTION DELETE", setup: ["FUNCTION FLUSH", ["FUNCTION", "LOAD", library("a", function: "f", "return 1")]],
    "FUNCTION DELETE A", "FUNCTION DELETE a", "FUNCTION DELETE a", "FCALL f 0", "FUNCTION DELETE"),
  ConformanceCase(
    "FUNCTION FLUSH", setup: [["FUNCTION", "LOAD", "REPLACE", library("a", function: "f", "return 1")]],
    "FLUSHALL", "FCALL f 0", "FUNCTION FLUSH x", "FUNCTION FLUSH SYNC x", "FUNCTION FLUSH ASYNC", "FCALL f 0",
    "FUNCTION FLUSH", "FUNCTION FLUSH SYNC", "FUNCTION LIST"),
  ConformanceCase(
    "FUNCTION LIST",
    setup: [
      "FUNCTION FLUSH", ["FUNCTION", "LOAD", library("alpha", function: "f", "return 1")],
      [
        "FUNCTION", "LOAD",
        library(
          """
          redis.register_function{function_name = 'g', callback = function() end, description = 'does nothing',
            flags = {'allow-cross-slot-keys', 'no-cluster', 'allow-stale', 'allow-oom', 'no-writes'}}
          """, named: "beta"),
      ],
    ],
    "FUNCTION LIST LIBRARYNAME alpha", "FUNCTION LIST LIBRARYNAME B* WITHCODE", "FUNCTION LIST WITHCODE LIBRARYNAME x",
    "FUNCTION LIST x", "FUNCTION LIST LIBRARYNAME", "FUNCTION LIST WITHCODE WITHCODE",
    "FUNCTION LIST LIBRARYNAME a LIBRARYNAME b"),
  ConformanceCase(
    "FUNCTION STATS", setup: ["FUNCTION FLUSH", ["FUNCTION", "LOAD", library("a", function: "f", "return 1")]],
    "FUNCTION STATS", "FUNCTION STATS x"),
  ConformanceCase("FUNCTION KILL of nothing", "FUNCTION KILL", "FUNCTION KILL x"),
  ConformanceCase("FUNCTION HELP", "FUNCTION HELP"),
  ConformanceCase("FUNCTION errors", "FUNCTION", "FUNCTION FOO"),
  ConformanceCase(
    "FUNCTION DUMP",
    setup: ["FUNCTION FLUSH"], "FUNCTION DUMP",
    ["FUNCTION", "LOAD", "#!lua name=k1\nredis.register_function('k1',function() return 9 end)"], "FUNCTION DUMP",
    "FUNCTION DUMP x"),
  ConformanceCase(
    "FUNCTION RESTORE", setup: ["FUNCTION FLUSH"], restore(), "FCALL k1 0", restore(), restore("APPEND"),
    restore("REPLACE"), restore("flush"), "FCALL k1 0", restore("x"), restore("FLUSH", "y"), "FUNCTION RESTORE x",
    "FUNCTION RESTORE", "FUNCTION DELETE k1", ["FUNCTION", "LOAD", library("other", function: "K1", "return 1")],
    restore("REPLACE"), "FCALL k1 0", restore("FLUSH"), "FCALL k1 0"),
  ConformanceCase(
    "FCALL and its arguments", setup: ["FUNCTION FLUSH", ["FUNCTION", "LOAD", library("a", function: "f", "return 1")]],
    "FCALL f 0", "FCALL F 0", "FCALL g 0", "FCALL f x", "FCALL f -1", "FCALL f 1", "FCALL f", "FCALL g x"),
  calls(
    "errors", "error('x')", "error({err = 'ERR t'})", "return redis.call('foo')", "return redis.error_reply('T x')",
    "return redis.register_function('a', function() end)", "return KEYS[1]", "x = 1", "return setfenv",
    "redis.x = 1", "getmetatable(_G).__index = nil", "return loadstring('x=1')()", "error()",
    "return redis.call('fcall', 'f0', 0)", "return redis.call('function', 'list')", "return nil + 1"),
  calls(
    "values", "return {keys, args}", "return redis.call('set', keys[1], args[1])", "return redis.call('get', keys[1])",
    "return redis.sha1hex('a') .. math.floor(1.5) .. cjson.encode({1})", "redis.setresp(3) return true",
    "return type(rawget(_G, 'ARGV'))", "local t = {} for k in pairs(redis) do t[#t+1] = k end table.sort(t) return t",
    "local t = {} for k in pairs(_G) do t[#t+1] = k end table.sort(t) return t", "keys[2] = 5 return keys",
    "return loadstring('return redis.call(\"ping\")')()", "return redis.REDIS_VERSION_NUM"),
  ConformanceCase(
    "FCALL of functions that share a state",
    setup: [
      "FUNCTION FLUSH",
      ["FUNCTION", "LOAD", library("local n = 0 redis.register_function('f', function() n = n + 1 return n end)")],
    ],
    "FCALL f 0", "FCALL f 0"),
  ConformanceCase(
    "FCALL_RO",
    setup: [
      "FUNCTION FLUSH", ["FUNCTION", "LOAD", library("writing", function: "writes", "return 1")],
      [
        "FUNCTION", "LOAD",
        library(
          """
          local flags = {'no-writes'}
          redis.register_function{function_name = 'reads', flags = flags, callback = function(keys)
            return redis.call('get', keys[1]) end}
          redis.register_function{function_name = 'lies', flags = flags, callback = function(keys)
            return redis.call('set', keys[1], 1) end}
          """),
      ],
    ],
    "FCALL_RO writes 0", "FCALL_RO reads 1 a", "FCALL_RO lies 1 a", "FCALL reads 1 a", "FCALL lies 1 a",
    "FCALL_RO x 0"),
  ConformanceCase(
    "FCALL in a transaction",
    setup: ["FUNCTION FLUSH", ["FUNCTION", "LOAD", library("a", function: "f", "return redis.call('incr', keys[1])")]],
    "MULTI", "FCALL f 1 n", "FUNCTION DELETE a", "FCALL f 1 n", "EXEC", "GET n"),
]

/// FUNCTION RESTORE of what redis-server dumped: the library `k1`.
private func restore(_ policy: String...) -> Command {
  let source = "#!lua name=k1\nredis.register_function('k1',function() return 9 end)"
  let dump: [UInt8] =
    [0xf5, 0x40, 0x43] + Array(source.utf8) + [10, 0, 0xea, 9, 0x24, 0x21, 0xa3, 0x4b, 0xdb, 0x8a]
  return Command([Array("FUNCTION".utf8), Array("RESTORE".utf8), dump] + policy.map { Array($0.utf8) })
}
