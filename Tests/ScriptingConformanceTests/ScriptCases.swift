import ConformanceSupport

/// A case of scripts without keys or arguments.
func scripts(_ name: String, setup: [Command] = [], _ sources: String...) -> ConformanceCase {
  var test = ConformanceCase("EVAL: \(name)", setup: setup)
  test.commands = sources.map { ["EVAL", $0, "0"] }
  return test
}

/// The commands themselves.
let commandCases: [ConformanceCase] = [
  ConformanceCase(
    "EVAL and its arguments", ["EVAL", "return {KEYS[1],ARGV[1],#KEYS,#ARGV}", "1", "a", "b", "c"],
    ["EVAL", "return 1", "-1"], ["EVAL", "return 1", "x"], ["EVAL", "return 1", "1"], ["EVAL", "return 1"],
    ["EVAL", "", "0"], ["EVAL", "\u{1b}Lua", "0"]),
  ConformanceCase(
    "EVALSHA", setup: [["EVAL", "return ARGV[1]", "0", "x"]],
    ["EVALSHA", "098e0f0d1448c0a81dafe820f66d460eb09263da", "0", "y"], ["EVALSHA", "x", "0"],
    ["EVALSHA", "098E0F0D1448C0A81DAFE820F66D460EB09263DA", "0", "y"], ["EVALSHA", "x", "1"],
    ["EVALSHA", "ffffffffffffffffffffffffffffffffffffffff", "0"]),
  ConformanceCase(
    "EVAL_RO", ["EVAL_RO", "return redis.call('set','a','1')", "0"],
    ["EVAL_RO", "return redis.pcall('set','a','1')", "0"], ["EVAL_RO", "return redis.call('get',KEYS[1])", "1", "a"],
    ["EVAL_RO", "#!lua\nreturn 1", "0"], ["EVAL_RO", "#!lua flags=no-writes\nreturn 1", "0"],
    ["EVAL_RO", "return redis.call('publish','a','b')", "0"]),
  ConformanceCase(
    "EVALSHA_RO", setup: [["SCRIPT", "LOAD", "return 1"]],
    ["EVALSHA_RO", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"], ["EVALSHA_RO", "x", "0"]),
  ConformanceCase(
    "SCRIPT LOAD", ["SCRIPT", "LOAD", "return 1"], ["SCRIPT", "LOAD", "return 1"], ["SCRIPT", "LOAD", "x y"],
    ["SCRIPT", "LOAD", "#!lua flags=x\nreturn 1"], ["SCRIPT", "LOAD", "#!lua"], "SCRIPT LOAD", "SCRIPT LOAD a b"),
  ConformanceCase(
    "SCRIPT EXISTS", setup: ["SCRIPT FLUSH", ["SCRIPT", "LOAD", "return 1"]],
    "SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db E0E1f9fabfc9d4800c877a703b823ac0578ff8db x",
    "SCRIPT EXISTS"),
  ConformanceCase(
    "SCRIPT FLUSH", setup: [["SCRIPT", "LOAD", "return 1"]], "SCRIPT FLUSH",
    "SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "SCRIPT FLUSH SYNC", "SCRIPT FLUSH ASYNC",
    "SCRIPT FLUSH x", "SCRIPT FLUSH SYNC x"),
  ConformanceCase(
    "SCRIPT SHOW", setup: [["SCRIPT", "LOAD", "return 1"]], "SCRIPT SHOW E0e1f9fabfc9d4800c877a703b823ac0578ff8db",
    comparing: .deviation(reason: "a command of Valkey 8") { $0.value.text == "return 1" }),
  ConformanceCase(
    "SCRIPT SHOW of nothing", "SCRIPT SHOW x", "SCRIPT SHOW ffffffffffffffffffffffffffffffffffffffff",
    comparing: .deviation(reason: "a command of Valkey 8") { $0.value.text == "NOSCRIPT No matching script." }),
  ConformanceCase("SCRIPT KILL of nothing", "SCRIPT KILL", "SCRIPT KILL x"),
  ConformanceCase("SCRIPT DEBUG", "SCRIPT DEBUG x", "SCRIPT DEBUG", "SCRIPT DEBUG NO"),
  ConformanceCase(
    "SCRIPT DEBUG YES", "SCRIPT DEBUG YES",
    comparing: .deviation(reason: "there is no debugger") { $0.value.isError }),
  ConformanceCase("SCRIPT HELP", "SCRIPT HELP"),
  ConformanceCase("SCRIPT errors", "SCRIPT", "SCRIPT FOO"),
  ConformanceCase(
    "EVAL in a transaction", "MULTI", ["EVAL", "return redis.call('incr',KEYS[1])", "1", "n"], "INCR n", "EXEC",
    "GET n"),
  ConformanceCase(
    "EVAL selects a database", ["EVAL", "redis.call('select',1) redis.call('set','a','1') return 1", "0"], "GET a",
    "SELECT 1", "GET a", "DEL a", "SELECT 0", isPersistent: false),
  ConformanceCase(
    "EVAL goes on after an error that is caught",
    ["EVAL", "redis.pcall('incr','a','b') redis.call('set','a','1')", "0"], "GET a"),
  ConformanceCase(
    "EVAL keeps what it did before an error", ["EVAL", "redis.call('set','a','1') error('no')", "0"], "GET a"),
]
