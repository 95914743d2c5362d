import ConformanceSupport

/// Random sequences of Hash commands; `string` holds no hash. Long values make tables, whose order is their own.
let hashesGrammar = CommandGrammar(
  keys: ["a", "b", "c", "string"],
  values: ["", "0", "1", "-17", "9223372036854775807", "3.25", "abc", "f", "007", long],
  templates: [
    "HSET {key} {value} {value}", "HSET {key} {value} {value} {value} {value}",
    "HSET {key} {some value}",
    "HSET {key} f{int 0 20} {int -300 100000}", "HSET {key} f{int 0 20} {int -300 100000}",
    "HMSET {key} {value} {value}",
    "HSETNX {key} {value} {value}", "HGET {key} {value}", "HMGET {key} {some value}",
    "HDEL {key} {some value}",
    "HDEL {key} f{int 0 20}", "HEXISTS {key} {value}", "HLEN {key}", "HSTRLEN {key} {value}",
    "HGETALL {key}", "HKEYS {key}",
    "HVALS {key}", "HINCRBY {key} {value} {int -1000 1000}", "HINCRBY {key} f{int 0 20} {value}",
    "HINCRBYFLOAT {key} {value} {value}", "HINCRBYFLOAT {key} f{int 0 20} 0.{int 0 999}",
    "HRANDFIELD {key} 1000",
    "HRANDFIELD {key} 1000 WITHVALUES", "HRANDFIELD {key} 0", "HSCAN {key} 0 COUNT 1000",
    "HSCAN {key} 0 COUNT 1000 MATCH {pick f*|?|*1*}", "DEL {key}", "EXISTS {some key}",
    "TYPE {key}",
    "OBJECT ENCODING {key}", "COPY {key} {key} REPLACE", "RENAME {key} {key}", "SET string {value}",
    "EXPIRE {key} {int 100 200}", "PERSIST {key}",
    "CONFIG SET hash-max-listpack-entries {pick 0|3|8|512}",
    "CONFIG SET hash-max-listpack-value {pick 3|64}",
  ],
  comparisons: [
    "hgetall": .unorderedPairs, "hkeys": .unordered, "hvals": .unordered, "hscan": .unorderedScan,
    "hrandfield": .unordered,
  ])
