import ConformanceSupport

/// Random sequences of Stream commands with groups and consumers, and nodes of all sizes; `string` holds no stream.
let streamsGrammar = CommandGrammar(
  keys: ["a", "b", "c", "string"],
  values: ["", "0", "-17", "9223372036854775807", "abc", "f", "007", String(repeating: "x", count: 300)],
  templates: [
    "XADD {key} {int 1 60}-{int 0 3} f {value}", "XADD {key} {int 1 60}-* f {value} g {value}",
    "XADD {key} {int 1 60}-* f {value}", "XADD {key} {int 1 60}-* f {value}", "XADD {key} {int 20 60}-1 g 1 f {value}",
    "XADD {key} MAXLEN {pick =|~} {int 0 9} {int 1 60}-* f {value}",
    "XADD {key} NOMKSTREAM MINID {pick =|~} {int 1 40} {int 1 60}-* {value} {value}",
    "XLEN {key}", "XRANGE {key} {int 0 60} {int 0 60}", "XRANGE {key} - + COUNT {int 1 5}",
    "XRANGE {key} ({int 0 60} +",
    "XREVRANGE {key} {int 0 60} {int 0 60}", "XREVRANGE {key} + - COUNT {int 1 5}", "XREVRANGE {key} ({int 0 60}-1 -",
    "XDEL {key} {int 1 60}-{int 0 3} {int 1 60} {int 1 60}", "XDEL {key} {int 1 60}-1 {int 1 60}-2",
    "XTRIM {key} MAXLEN {pick =|~} {int 0 20}", "XTRIM {key} MINID {pick =|~} {int 0 60}",
    "XTRIM {key} MAXLEN ~ {int 0 5} LIMIT {int 0 8}", "XSETID {key} {int 1 80}",
    "XSETID {key} {int 1 80} ENTRIESADDED {int 0 50} MAXDELETEDID {int 0 40}",
    "XREAD COUNT {int 0 3} STREAMS {key} {key} {int 0 60} {int 0 60}", "XREAD STREAMS {key} $",
    "XREAD BLOCK 1 STREAMS {key} {int 0 80}",

    "XGROUP CREATE {key} {pick g|h} {int 0 60}", "XGROUP CREATE {key} {pick g|h} {pick 0|$} MKSTREAM",
    "XGROUP CREATE {key} g 0 ENTRIESREAD {int -1 9}", "XGROUP SETID {key} {pick g|h} {int 0 60}",
    "XGROUP SETID {key} g {pick 0|$|-|+} ENTRIESREAD {int -1 9}",
    "XGROUP CREATECONSUMER {key} {pick g|h} {pick c|d|e}", "XGROUP DELCONSUMER {key} {pick g|h} {pick c|d|e}",
    "XREADGROUP GROUP {pick g|h} {pick c|d|e} COUNT {int 0 3} STREAMS {key} >",
    "XREADGROUP GROUP {pick g|h} {pick c|d|e} COUNT {int 1 3} STREAMS {key} >",
    "XREADGROUP GROUP g {pick c|d|e} STREAMS {key} {key} > {pick >|0}",
    "XREADGROUP GROUP {pick g|h} {pick c|d|e} NOACK COUNT {int 0 3} STREAMS {key} >",
    "XREADGROUP GROUP {pick g|h} {pick c|d|e} STREAMS {key} {int 0 60}",
    "XREADGROUP GROUP g c BLOCK 1 STREAMS {key} >",
    "XACK {key} {pick g|h} {int 1 60}-{int 0 3} {int 1 60} {int 1 60}-1",
    "XACK {key} {pick g|h} {int 1 60} {int 1 60}-1",
    "XPENDING {key} {pick g|h}", "XCLAIM {key} {pick g|h} {pick c|d|e} 0 {int 1 60} {int 1 60}-1 {int 1 60}-2 JUSTID",
    "XCLAIM {key} {pick g|h} {pick c|d|e} 0 {int 1 60} {int 1 60}-1 FORCE RETRYCOUNT {int 0 9}",
    "XCLAIM {key} {pick g|h} {pick c|d|e} {pick 0|100000} {int 1 60} LASTID {int 1 60}",
    "XAUTOCLAIM {key} {pick g|h} {pick c|d|e} {pick 0|100000} {int 0 60} COUNT {int 1 5}",
    "XAUTOCLAIM {key} {pick g|h} {pick c|d|e} 0 - JUSTID", "XINFO STREAM {key}", "XINFO GROUPS {key}",
    "XGROUP DESTROY {key} h",

    "DEL {key}", "EXISTS {some key}", "TYPE {key}", "OBJECT ENCODING {key}", "COPY {key} {key} REPLACE",
    "RENAME {key} {key}", "SET string {value}", "EXPIRE {key} {int 100 200}", "PERSIST {key}",
    "CONFIG SET stream-node-max-entries {pick 1|2|5|100|0}", "CONFIG SET stream-node-max-bytes {pick 50|200|4096|0}",
  ])
