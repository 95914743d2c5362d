import ConformanceSupport

/// Random sequences of HyperLogLog commands; GET compares strings of both encodings. `list` holds no string, and `bad`
/// strings that are damaged in the one way or the other. None of them ends in half an opcode: Redis takes a byte behind
/// the string for the other half, and writes there.
let hyperLogLogGrammar = CommandGrammar(
  keys: ["a", "b", "c", "d", "e", "list"],
  values: ["a", "b", "", "some longer element", "another element that is longer than that"],
  templates: [
    "PFADD {key} e{int 0 100000} e{int 0 100000} e{int 0 100000} {int 0 1000} {int 0 1000} {int 0 1000} x{int 0 99}",
    "PFADD {key} e{int 0 100000} e{int 0 100000} {some value} {int 0 1000} {int 0 1000} {int 0 1000} y{int 0 999999}",
    "PFADD {key} {int 0 9999999} e{int 0 100000} z{int 0 100000} {int 0 1000} {int 0 1000} {int 0 1000} y{int 0 9}",
    "PFADD {key} {some value}", "PFADD {key}", "PFCOUNT {key}", "PFCOUNT {key} {some key}", "PFCOUNT {key}",
    "PFMERGE {key} {some key}", "PFMERGE {key}", "GET {key}", "GET {key}", "PFDEBUG ENCODING {key}",
    "PFDEBUG {pick DECODE|DECODE|DECODE|DECODE|DECODE|GETREG} {key}", "STRLEN {key}", "DEL {key}", "RPUSH list x",
    "OBJECT ENCODING {key}",
    "COPY {key} {key} REPLACE",
    "COPY {key} bad REPLACE", "SETRANGE bad {int 0 15} {int 0 9}", "SETRANGE bad {int 16 200} {pick 0|a0|abc0|~x0}",
    "SETBIT bad {int 32 128} {pick 0|1}", "SETBIT bad {int 128 143} {pick 0|1}",
    "PFCOUNT bad", "PFCOUNT bad {key}", "PFADD bad {value}", "PFADD bad {int 0 10000}", "PFMERGE {key} bad",
    "PFDEBUG {pick TODENSE|DECODE|ENCODING} bad", "GET bad", "TYPE {key}"
  ])
