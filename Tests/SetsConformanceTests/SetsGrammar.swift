import ConformanceSupport

/// Random sequences of Set commands; `string` holds no set. Only integers have an order that both servers keep.
let setsGrammar = CommandGrammar(
  keys: ["a", "b", "c", "d", "string"],
  values: ["", "0", "1", "-17", "9223372036854775807", "3.25", "abc", "f", "007", "70000", "2", "3", long],
  templates: [
    "SADD {key} {value}", "SADD {key} {some value}", "SADD {key} {int 0 20} {int -300 100000}",
    "SADD {key} {int 0 20} {int 0 9}", "SADD {key} m{int 0 20} m{int 0 9}", "SREM {key} {some value}",
    "SREM {key} {int 0 20} m{int 0 20}", "SCARD {key}", "SISMEMBER {key} {value}", "SISMEMBER {key} m{int 0 9}",
    "SMISMEMBER {key} {some value}", "SMEMBERS {key}", "SMEMBERS {key}", "SMOVE {key} {key} {value}",
    "SMOVE {key} {key} {int 0 20}", "SINTER {some key}", "SINTER {key} {some key}", "SINTERCARD 2 {key} {key}",
    "SINTERCARD {int 0 3} {some key} LIMIT {int -1 4}", "SUNION {some key}", "SDIFF {key} {some key}",
    "SDIFF {some key} {some key}", "SINTERSTORE {key} {some key}", "SUNIONSTORE {key} {some key}",
    "SDIFFSTORE {key} {some key}", "SPOP {key} 10000", "SPOP {key} 0", "SRANDMEMBER {key} 1000", "SRANDMEMBER {key} 0",
    "SSCAN {key} 0 COUNT 1000", "SSCAN {key} 0 COUNT 1000 MATCH {pick m*|?|*1*}", "DEL {key}", "EXISTS {some key}",
    "TYPE {key}", "COPY {key} {key} REPLACE", "RENAME {key} {key}", "SET string {value}", "EXPIRE {key} {int 100 200}",
    "PERSIST {key}", "CONFIG SET set-max-intset-entries {pick 0|3|8|512}",
  ],
  comparisons: [
    "smembers": .unordered, "sinter": .unordered, "sunion": .unordered, "sdiff": .unordered, "spop": .unordered,
    "srandmember": .unordered, "sscan": .unorderedScan,
  ])
