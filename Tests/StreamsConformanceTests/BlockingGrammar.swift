import ConformanceSupport

/// What clients do to one another's streams and groups, in two databases.
let blockingGrammar = CommandGrammar(
  keys: ["a", "b"],
  values: ["x", "y"],
  templates: [
    "XREAD BLOCK 0 STREAMS {key} $", "XREAD BLOCK 0 COUNT 1 STREAMS a b $ $", "XREAD BLOCK 0 STREAMS {key} {int 0 900}",
    "XREADGROUP GROUP g {pick c|d|e} BLOCK 0 COUNT {int 0 2} STREAMS {key} >",
    "XREADGROUP GROUP g {pick c|d|e} BLOCK 0 COUNT 1 STREAMS {key} >",
    "XREADGROUP GROUP h {pick c|d|e} BLOCK 0 STREAMS {key} >", "XREADGROUP GROUP g {pick c|d} BLOCK 0 STREAMS a b > >",
    "XREADGROUP GROUP g c BLOCK 0 NOACK STREAMS {key} >", "XREADGROUP GROUP g c COUNT 3 STREAMS {key} 0",

    "XADD {key} {int 1 900}-* f {int 0 9999}", "XADD {key} 900-* f {int 0 9999}", "XADD {key} 900-* f {int 0 9999}",
    "XADD {key} 900-* f {int 0 9999}", "XADD {key} MAXLEN {int 1 9} 900-* f {int 0 9999}",
    "XGROUP CREATE {key} g $ MKSTREAM", "XGROUP CREATE {key} g 0 MKSTREAM", "XGROUP CREATE {key} h $ MKSTREAM",
    "XGROUP DESTROY {key} {pick g|h}", "XGROUP DELCONSUMER {key} g {pick c|d|e}", "XACK {key} g 900-{int 0 40}",
    "XCLAIM {key} g {pick c|d|e} 0 900-{int 0 40} JUSTID", "XAUTOCLAIM {key} g {pick c|d|e} 0 - COUNT 2 JUSTID",
    "XPENDING {key} g", "XINFO GROUPS {key}", "XLEN {key}", "XDEL {key} 900-{int 0 40}",

    "MULTI ; XADD {key} 900-* f {int 0 9999} ; XADD {key} 900-* f {int 0 9999} ; EXEC",
    "MULTI ; XADD a 900-* f 1 ; XADD b 900-* f 2 ; EXEC",
    "MULTI ; DEL {key} ; XGROUP CREATE {key} g $ MKSTREAM ; EXEC", "MULTI ; XADD {key} 900-* f v ; DEL {key} ; EXEC",
    "MULTI ; XREAD BLOCK 0 STREAMS {key} $ ; XREADGROUP GROUP g c BLOCK 0 STREAMS {key} > ; EXEC",

    "DEL {key}", "SET {key} x", "RENAME {key} {key}", "COPY {key} {key}", "PEXPIRE {key} -1", "MOVE {key} {int 0 1}",
    "SELECT {int 0 1}", "COPY {key} {key} DB {int 0 1} REPLACE",
  ])
