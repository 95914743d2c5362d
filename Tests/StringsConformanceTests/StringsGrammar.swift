import ConformanceSupport

/// Random sequences of String commands; `hash` holds no string. Times to live are long, so that nothing expires between
/// the two servers.
let stringsGrammar = CommandGrammar(
  keys: ["a", "b", "c", "d", "hash"],
  values: ["", "0", "1", "-17", "9223372036854775807", "3.25", "abc", "a longer value that no encoding keeps inside"],
  templates: [
    "SET {key} {value}", "SET {key} {value} {pick NX|XX|KEEPTTL|GET}", "SET {key} {value} EX {pick -1|0|100|1000}",
    "SET {key} {value} {pick NX|XX} GET", "GET {key}", "GETSET {key} {value}", "GETDEL {key}", "GETEX {key}",
    "GETEX {key} PERSIST", "GETEX {key} EX {int 100 200}", "SETNX {key} {value}",
    "SETEX {key} {pick -1|0|100|1000} {value}",
    "PSETEX {key} {int 100000 200000} {value}", "APPEND {key} {value}", "STRLEN {key}",
    "GETRANGE {key} {int -12 12} {int -12 12}", "SUBSTR {key} {int -12 12} {int -12 12}",
    "SETRANGE {key} {int -1 40} {value}", "INCR {key}", "DECR {key}", "INCRBY {key} {int -1000 1000}",
    "INCRBY {key} {value}", "DECRBY {key} {value}", "INCRBYFLOAT {key} {value}", "INCRBYFLOAT {key} 0.{int 0 999}",
    "MGET {some key}", "MSET {key} {value} {key} {value}", "MSETNX {key} {value} {key} {value}", "LCS {key} {key}",
    "LCS {key} {key} {pick LEN|IDX|FOO}", "LCS {key} {key} IDX MINMATCHLEN {int 0 3} WITHMATCHLEN", "DEL {some key}",
    "EXISTS {some key}", "TYPE {key}", "PERSIST {key}", "HSET hash field {value}", "OBJECT ENCODING {key}",
  ])
