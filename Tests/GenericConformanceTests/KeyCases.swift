import ConformanceSupport

/// DEL, UNLINK, EXISTS, TOUCH, TYPE, RENAME, RENAMENX.
let keyCases: [ConformanceCase] = [
  ConformanceCase("DEL", setup: ["MSET a 1 b 2 c 3"], "DEL a", "DEL a", "DEL b c d b", "EXISTS a b c", "DBSIZE"),
  ConformanceCase("DEL of bytes", setup: ["SET \"\\x00\\xff\" v", "SET \"\" v"], "DEL \"\\x00\\xff\" \"\"", "DBSIZE"),
  ConformanceCase("DEL of a key with a time to live", setup: ["SET a 1 EX 100"], "DEL a", "SET a 2", "TTL a"),
  ConformanceCase("DEL of an expired key", setup: ["SET a 1 PXAT 1"], "DEL a", "EXISTS a"),
  ConformanceCase("DEL errors", "DEL"),
  ConformanceCase("UNLINK", setup: ["MSET a 1 b 2 c 3"], "UNLINK a", "UNLINK a", "UNLINK b c d b", "EXISTS a b c"),
  ConformanceCase("UNLINK of a long string", setup: ["SETRANGE a 100000 x"], "UNLINK a", "GET a"),
  ConformanceCase("UNLINK of an expired key", setup: ["SET a 1 PXAT 1"], "UNLINK a", "DBSIZE"),
  ConformanceCase("UNLINK of nothing", "UNLINK a b c"),
  ConformanceCase("UNLINK errors", "UNLINK"),

  ConformanceCase("EXISTS", setup: ["MSET a 1 b 2"], "EXISTS a", "EXISTS x", "EXISTS a b x", "EXISTS a a a"),
  ConformanceCase("EXISTS of an empty string", setup: ["SET a \"\""], "EXISTS a"),
  ConformanceCase("EXISTS of the empty key", setup: ["SET \"\" v"], "EXISTS \"\"", "GET \"\""),
  ConformanceCase("EXISTS of an expired key", setup: ["SET a 1 PXAT 1"], "EXISTS a"),
  ConformanceCase("EXISTS errors", "EXISTS"),
  ConformanceCase("TOUCH", setup: ["MSET a 1 b 2"], "TOUCH a", "TOUCH x", "TOUCH a b x a"),
  ConformanceCase("TOUCH of an expired key", setup: ["SET a 1 PXAT 1"], "TOUCH a", "DBSIZE"),
  ConformanceCase("TOUCH errors", "TOUCH"),
  ConformanceCase("TYPE", setup: ["MSET a 1 b text"], "TYPE a", "TYPE b", "TYPE x", "TYPE", "TYPE a b"),
  ConformanceCase("TYPE of an expired key", setup: ["SET a 1 PXAT 1"], "TYPE a"),

  ConformanceCase("RENAME", setup: ["SET a 1"], "RENAME a b", "GET b", "EXISTS a", "RENAME a b"),
  ConformanceCase("RENAME over a key", setup: ["MSET a 1 b 2"], "RENAME a b", "GET b", "DBSIZE"),
  ConformanceCase("RENAME to itself", setup: ["SET a 1"], "RENAME a a", "GET a", "RENAME x x"),
  ConformanceCase(
    "RENAME takes the time to live along", setup: ["SET a 1 EXAT 33177117420", "SET b 2 EXAT 33177117499"],
    "RENAME a b", "EXPIRETIME b", "SET c 3", "RENAME c b", "EXPIRETIME b"),
  ConformanceCase(
    "RENAME keeps the encoding", setup: ["SET a 1", "APPEND a 2", "SETRANGE long 5000 x"], "RENAME a a-longer-name",
    "OBJECT ENCODING a-longer-name", "GET a-longer-name", "RENAME long l", "STRLEN l"),
  ConformanceCase(
    "RENAME to names of any length", setup: ["SET a v EXAT 33177117420"], Command(["RENAME", "a", longName]),
    Command(["GET", longName]), Command(["EXPIRETIME", longName]), Command(["RENAME", longName, "a"]), "GET a"),
  ConformanceCase("RENAME errors", "RENAME", "RENAME a", "RENAME a b c", "RENAME a b"),
  ConformanceCase("RENAMENX", setup: ["SET a 1"], "RENAMENX a b", "GET b", "EXISTS a", "RENAMENX a b"),
  ConformanceCase("RENAMENX against a key", setup: ["MSET a 1 b 2"], "RENAMENX a b", "MGET a b"),
  ConformanceCase("RENAMENX to itself", setup: ["SET a 1"], "RENAMENX a a", "GET a", "RENAMENX x x"),
  ConformanceCase(
    "RENAMENX over an expired key", setup: ["SET a 1", "SET b 2 PXAT 1"], "RENAMENX a b", "GET b", "TTL b"),
  ConformanceCase("RENAMENX errors", "RENAMENX", "RENAMENX a", "RENAMENX a b c"),
]

private let longName = String(repeating: "name", count: 100)
