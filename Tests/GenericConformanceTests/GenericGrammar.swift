import ConformanceSupport

/// Random sequences of commands on keys. Times to live are long, or over, so that nothing expires between the two
/// servers; those that are compared are absolute.
let genericGrammar = CommandGrammar(
  keys: ["a", "b", "c", "d", "e"],
  values: ["", "1", "9999", "10000", "text", "a longer value that no encoding keeps inside of its entry"],
  templates: [
    "SET {key} {value}", "SET {key} {value} PXAT 33177117420123", "APPEND {key} x", "DEL {some key}",
    "UNLINK {some key}", "EXISTS {some key}", "TOUCH {some key}", "TYPE {key}", "RENAME {key} {key}",
    "RENAMENX {key} {key}", "COPY {key} {key}", "COPY {key} {key} REPLACE", "COPY {key} {key} DB {pick 7|8|9|16|x}",
    "COPY {key} {key} {pick REPLACE|FOO} DB {pick 8|9}", "MOVE {key} {pick 7|8|9|16|-1|x}", "SELECT {pick 7|8|9}",
    "EXPIREAT {key} {pick 33177117420|33177117430|1|-1|0|x}",
    "EXPIREAT {key} 331771174{int 10 99} {pick NX|XX|GT|LT|FOO}",
    "PEXPIREAT {key} 33177117420{int 100 999} {pick NX|XX|GT|LT} {pick NX|XX|GT|LT}",
    "EXPIRE {key} {pick -1|0|9223372036854775807|-9223372036854775808|x}", "PERSIST {key}", "EXPIRETIME {key}",
    "PEXPIRETIME {key}", "KEYS {pick *|?|[ab]|[^ab]|x*}", "DBSIZE", "OBJECT ENCODING {key}", "OBJECT FREQ {key}",
    "SCAN 0 COUNT 100", "SCAN 0 COUNT 100 MATCH {pick *|a|[bc]} TYPE {pick string|hash|x}",
    "SCAN {pick x|-|0x1}", "GET {key}", "RPUSH {key} {int -9 9} {int 0 99} {int 0 99}", "RPUSH {key} {some value}",
    "SADD {key} {int 0 9} {int 0 999} {int -9 9}", "SET w_{int 0 9} {int 0 5}", "HSET h_{int 0 9} f {int 0 5}",
    "SORT {key}", "SORT {key} {pick ASC|DESC}", "SORT {key} ALPHA", "SORT {key} ALPHA {pick ASC|DESC} GET # GET w_*",
    "SORT {key} BY {pick w_*|h_*->f|x_*|*} {pick ASC|DESC}", "SORT {key} BY w_* LIMIT {int -1 4} {int -1 4}",
    "SORT {key} BY nosort LIMIT {int 0 3} {int 0 9} {pick ASC|DESC}", "SORT {key} LIMIT {int -2 9} {int -2 9}",
    "SORT {key} GET {pick #|w_*|h_*->f|h_*->|w} GET w_*", "SORT {key} STORE {key}", "SORT {key} ALPHA STORE {key}",
    "SORT {key} BY {pick w_*|nosort|x_*} GET {pick #|w_*|h_*->f} STORE {key}", "LRANGE {key} 0 -1", "SMEMBERS {key}",
    "SORT_RO {key} ALPHA LIMIT 0 3",
  ],
  comparisons: ["keys": .unordered, "scan": .unorderedScan])
