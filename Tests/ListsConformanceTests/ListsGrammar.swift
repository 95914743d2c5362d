import ConformanceSupport

/// Random sequences of List commands, with nodes of all sizes; `string` holds no list.
let listsGrammar = CommandGrammar(
  keys: ["a", "b", "c", "string"],
  values: ["", "0", "1", "-17", "9223372036854775807", "3.25", "abc", "f", "007", String(repeating: "x", count: 3000)],
  templates: [
    "LPUSH {key} {some value}", "RPUSH {key} {some value}", "LPUSH {key} {value} {value} {value} {value}",
    "RPUSH {key} {int 0 20} {int 0 20} {int 0 20} {int 0 20}", "RPUSH {key} {int 0 20} {value} {int 0 20} {value}",
    "LPUSHX {key} {value}",
    "RPUSHX {key} {value}", "LPOP {key}", "RPOP {key}", "LPOP {key} {int -1 5}", "RPOP {key} {int -1 5}", "LLEN {key}",
    "LRANGE {key} {int -30 30} {int -30 30}", "LRANGE {key} 0 -1", "LINDEX {key} {int -30 30}",
    "LSET {key} {int -30 30} {value}",
    "LSET {key} {int -5 5} {value}", "LINSERT {key} {pick BEFORE|AFTER|FOO} {value} {value}",
    "LINSERT {key} {pick BEFORE|AFTER} {int 0 20} {value}",
    "LREM {key} {int -3 3} {value}", "LREM {key} {int -3 3} {int 0 20}", "LTRIM {key} {int -3 5} {int -30 30}",
    "LPOS {key} {value}",
    "LPOS {key} {value} RANK {int -3 3}", "LPOS {key} {int 0 20} COUNT {int 0 3} MAXLEN {int 0 30} RANK {int -3 3}",
    "LMOVE {key} {key} {pick LEFT|RIGHT} {pick LEFT|RIGHT}", "RPOPLPUSH {key} {key}",
    "LMPOP 2 {key} {key} {pick LEFT|RIGHT} COUNT {int 0 4}",
    "BLPOP {key} {key} 0.001", "BRPOP {key} 0.001", "BLMOVE {key} {key} LEFT RIGHT 0.001",
    "BLMPOP 0.001 1 {key} RIGHT COUNT {int 1 3}",
    "DEL {key}", "EXISTS {some key}", "TYPE {key}", "OBJECT ENCODING {key}", "COPY {key} {key} REPLACE",
    "RENAME {key} {key}",
    "SET string {value}", "EXPIRE {key} {int 100 200}", "PERSIST {key}",
    "CONFIG SET list-max-listpack-size {pick -1|-2|1|2|5|128}",
  ])
