import ConformanceSupport
import Testing

/// Scripts against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct ScriptingConformanceTests {
  static let module = ModuleConformance(
    groups: ["scripting"], cases: commandCases + functionCases + languageCases + libraryCases,
    writing: commandCases + functionCases,
    grammar: scriptingGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}

/// What random scripts do. Without braces, which would be taken for placeholders.
private let randomScripts = [
  "return redis.call('get',KEYS[1])",
  "return redis.pcall('get',KEYS[1])",
  "return redis.call('incr',KEYS[1])",
  "return redis.pcall('lrange',KEYS[1],0,-1)",
  "return redis.pcall('hgetall',KEYS[1])",
  "return redis.pcall('mget',KEYS[1],'a','b')",
  "redis.setresp(3) return redis.pcall('hgetall',KEYS[1])",
  "redis.setresp(3) return redis.pcall('get',KEYS[1])",
  "redis.setresp(3) return redis.call('exists',KEYS[1])==1",
  "return redis.call(ARGV[1],KEYS[1])",
  "return redis.pcall(ARGV[1],KEYS[1])",
  "local ok,e=pcall(redis.call,ARGV[1],KEYS[1]) return e",
  "return redis.call(ARGV[2],KEYS[1])",
  "return tonumber(ARGV[2])",
  "return ARGV[2]+1",
  "return ARGV[2]/2",
  "return ARGV[2]..KEYS[1]",
  "return #ARGV[2]",
  "return cjson.encode(ARGV)",
  "return cjson.encode(KEYS)",
  "return cjson.decode(ARGV[2])",
  "return cjson.encode(redis.pcall('lrange',KEYS[1],0,-1))",
  "return cmsgpack.pack(ARGV)",
  "return cmsgpack.pack(redis.pcall('hgetall',KEYS[1]))",
  "return redis.sha1hex(ARGV[2])",
  "error(ARGV[2])",
  "error(redis.error_reply(ARGV[2]))",
  "error(redis.pcall('incr',KEYS[1],KEYS[1]))",
  "return redis.error_reply(ARGV[2])",
  "return redis.status_reply(ARGV[2])",
  "error()",
  "for i=1,3 do redis.call('rpush',KEYS[1],i) end return redis.call('llen',KEYS[1])",
  "for i=1,3 do redis.pcall('lpush',KEYS[1],ARGV[2]) end return redis.pcall('lrange',KEYS[1],0,-1)",
  "redis.call('set',KEYS[1],ARGV[2]) return redis.call('incr',KEYS[1])",
  "return nope",
  "return KEYS[2]",
  "return nil + ARGV[2]",
  "math.randomseed(7) return math.random(1000)",
  "return struct.pack('>I2s',1,ARGV[2])",
  "return bit.band(ARGV[2],3)",
]

/// The same code as functions `f0`, `f1` and so on, of one library.
private let randomLibrary =
  "#!lua name=random\n"
  + randomScripts.enumerated().map { "redis.register_function('f\($0)', function(KEYS, ARGV) \($1) end)" }
    .joined(separator: "\n")

/// Random scripts and functions: calls, conversions and errors.
let scriptingGrammar = CommandGrammar(
  keys: ["a", "b", "c"], values: ["", "1", "text", "-7"],
  templates: [
    "SET {key} {value}", "DEL {key}", "LPUSH {key} {value}", "HSET {key} f {value}", "SCRIPT FLUSH",
    "FUNCTION LOAD REPLACE {pick \(randomLibrary)}", "FUNCTION LOAD REPLACE {pick \(randomLibrary)}",
    "FUNCTION {pick FLUSH|STATS}",
  ]
    + ["EVAL", "EVAL", "EVAL", "EVAL", "EVAL_RO"].map {
      $0 + " {pick \(randomScripts.joined(separator: "|"))} \(randomArguments)"
    }
    + ["FCALL", "FCALL", "FCALL", "FCALL_RO"].map { $0 + " f{int 0 \(randomScripts.count)} \(randomArguments)" })

private let randomArguments = "1 {key} {pick get|incr|lpop|type|del|nope|hgetall} {value}"
