import ConformanceSupport

/// Random sequences of Bitmap commands, mostly on strings of a few bytes; `list` holds no string.
let bitmapsGrammar = CommandGrammar(
  keys: ["a", "b", "c", "d", "list"],
  values: [
    "", "0", "-1", "1234567890123", "abc", "\u{0}\u{1}", "a value that is longer than four words of eight bytes"
  ],
  templates: [
    "SET {key} {value}", "GET {key}", "APPEND {key} {value}", "DEL {key}", "SETRANGE {key} {int 0 300} {value}",
    "OBJECT ENCODING {key}", "RPUSH list x", "STRLEN {key}", "EXPIREAT {key} 33177117420", "TTL {key}",
    "SETBIT {key} {int -1 200} {pick 0|1|2}", "SETBIT {key} {int 0 64} {pick 0|1}", "SETBIT {key} {int 0 5000} 1",
    "GETBIT {key} {int -1 200}", "GETBIT {key} {int 0 64}",
    "BITCOUNT {key}", "BITCOUNT {key} {int -12 12} {int -12 12}",
    "BITCOUNT {key} {int -300 300} {int -300 300} {pick BIT|BYTE|BITS}", "BITCOUNT {key} {int -90 90} {int -90 90} BIT",
    "BITPOS {key} {pick 0|1}", "BITPOS {key} {pick 0|1|2} {int -12 12}",
    "BITPOS {key} {pick 0|1} {int -12 12} {int -12 12}",
    "BITPOS {key} {pick 0|1} {int -90 90} {int -90 90} {pick BIT|BYTE|BITS}",
    "BITPOS {key} {pick 0|1} {int -3000 3000} {int -3000 3000} BIT",
    "BITOP {pick AND|OR|XOR} {key} {some key}", "BITOP {pick AND|OR|XOR} {key} {some key} {key}",
    "BITOP NOT {key} {some key}", "BITOP NOT {key} {key}",
    "BITFIELD {key} GET i{int 1 64} {int 0 120}",
    "BITFIELD {key} GET u{int 1 63} #{int 0 9} GET i{int 1 64} #{int 0 9}",
    "BITFIELD {key} SET i{int 1 64} {int 0 100} {int -1000 1000}",
    "BITFIELD {key} SET u{int 1 63} #{int 0 7} {int -10 100000}",
    "BITFIELD {key} SET i{int 30 64} {int 0 100} {int -9223372036854775807 9223372036854775807}",
    "BITFIELD {key} OVERFLOW {pick WRAP|SAT|FAIL} SET {pick i8|u8|i3|u17|i40} {int 0 60} {int -100000 100000}",
    "BITFIELD {key} OVERFLOW {pick WRAP|SAT|FAIL} INCRBY {pick i8|u8|i3|u17|i40|u63} {int 0 60} {int -1000 1000}",
    "BITFIELD {key} OVERFLOW {pick WRAP|SAT|FAIL} INCRBY {pick i64|u63} 3 {int -9223372036854775807 9007199254740992}",
    "BITFIELD {key} INCRBY i{int 1 64} #{int 0 4} 1 OVERFLOW {pick SAT|FAIL} INCRBY u{int 1 64} 9 {int -5 5} GET u8 0",
    "BITFIELD_RO {key} GET i{int 1 64} {int 0 120}", "BITFIELD_RO {key} {pick SET|GET} u8 0 {pick 1|GET}"
  ])
