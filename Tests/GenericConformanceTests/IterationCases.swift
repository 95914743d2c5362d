import ConformanceSupport

/// KEYS, SCAN, RANDOMKEY.
let iterationCases: [ConformanceCase] = [
  ConformanceCase(
    "KEYS", setup: ["MSET one 1 two 2 three 3 four 4", "SET \"\" 5"], "KEYS *", "KEYS t*", "KEYS ????", "KEYS [ot]*",
    "KEYS [^ot]*", "KEYS x", "KEYS two", "KEYS \"\"", "KEYS **", "KEYS t\\\\wo", comparing: .unordered),
  ConformanceCase("KEYS passes over expired keys", setup: ["SET a 1 PXAT 1", "SET b 2"], "KEYS *"),
  ConformanceCase("KEYS of nothing", "KEYS *", "KEYS a"),
  ConformanceCase("KEYS of bytes", setup: ["SET \"\\x00\\xff\" v"], "KEYS *", "KEYS \"\\x00*\"", "KEYS \"\\x01*\""),
  ConformanceCase("KEYS errors", "KEYS", "KEYS a b"),

  ConformanceCase("RANDOMKEY of nothing", "RANDOMKEY", "RANDOMKEY x"),
  ConformanceCase("RANDOMKEY of one", setup: ["SET a 1"], "RANDOMKEY", "RANDOMKEY"),
  ConformanceCase("RANDOMKEY of many", setup: ["MSET a 1 b 2 c 3"], "RANDOMKEY", comparing: .typeOnly),
  ConformanceCase(
    "RANDOMKEY passes over expired keys", setup: ["SET a 1 PXAT 1", "SET b 1 PXAT 1", "SET c 1"], "RANDOMKEY",
    isPersistent: false),
  ConformanceCase("RANDOMKEY of expired keys", setup: ["SET a 1 PXAT 1"], "RANDOMKEY", "DBSIZE"),

  ConformanceCase(
    "SCAN", setup: ["MSET one 1 two 2 three 3 four 4"], "SCAN 0 COUNT 100", "SCAN 0 COUNT 1000 MATCH t*",
    "SCAN 0 count 1000 match t* type string", "SCAN 0 COUNT 1000 TYPE STRING", "SCAN 0 COUNT 1000 TYPE hash",
    "SCAN 0 COUNT 1000 MATCH a MATCH *", "SCAN 0 COUNT 9223372036854775807", comparing: .unorderedScan),
  ConformanceCase("SCAN of nothing", "SCAN 0", "SCAN 0 MATCH x", "SCAN \"\"", "SCAN 5", "SCAN -1"),
  ConformanceCase(
    "SCAN of one", setup: ["SET a 1"], "SCAN 0 COUNT 100", "SCAN +0 COUNT 100", "SCAN 00 COUNT 100", "SCAN 0 MATCH b",
    comparing: .unorderedScan),
  ConformanceCase(
    "SCAN passes over expired keys", setup: ["SET a 1 PXAT 1", "SET b 2"], "SCAN 0 COUNT 100", "DBSIZE",
    comparing: .unorderedScan),
  ConformanceCase(
    "SCAN of the empty key", setup: ["SET \"\" 1"], "SCAN 0 COUNT 100 MATCH *", "SCAN 0 COUNT 100 MATCH **",
    comparing: .unorderedScan),
  ConformanceCase(
    "SCAN errors", "SCAN", "SCAN x", "SCAN \" 0\"", "SCAN 0x", "SCAN 18446744073709551616", "SCAN 0 FOO",
    "SCAN 0 COUNT", "SCAN 0 COUNT x", "SCAN 0 COUNT 0", "SCAN 0 COUNT -1", "SCAN 0 MATCH", "SCAN 0 TYPE",
    "SCAN 0 COUNT 1 FOO 2", "SCAN x FOO", "SCAN -", "SCAN 0 COUNT 1.5", "SCAN 0 MATCH a COUNT 0"),
]
