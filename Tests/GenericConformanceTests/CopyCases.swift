import ConformanceSupport

/// COPY and MOVE.
let copyCases: [ConformanceCase] = [
  ConformanceCase("COPY", setup: ["SET a 1"], "COPY a b", "MGET a b", "COPY a b", "COPY x y", "EXISTS y"),
  ConformanceCase("COPY REPLACE", setup: ["MSET a 1 b 2"], "COPY a b", "GET b", "COPY a b replace", "GET b"),
  ConformanceCase(
    "COPY takes the time to live along", setup: ["SET a 1 EXAT 33177117420"], "COPY a b", "EXPIRETIME b",
    "EXPIRETIME a", "SET c 1", "COPY c b REPLACE", "TTL b"),
  ConformanceCase(
    "COPY is a value of its own", setup: ["SETRANGE a 5000 x"], "COPY a b", "APPEND b y", "STRLEN a", "STRLEN b",
    "OBJECT ENCODING b"),
  ConformanceCase("COPY keeps the encoding", setup: ["SET a 1", "APPEND a 2"], "COPY a b", "OBJECT ENCODING b"),
  ConformanceCase(
    "COPY to another database", setup: ["SET a 1"], "COPY a b DB 3", "EXISTS b", "COPY a a DB 3", "COPY a a DB 3",
    "COPY a a REPLACE DB 3", "SELECT 3", "MGET a b", "DEL a b", "SELECT 0", isPersistent: false),
  ConformanceCase(
    "COPY errors", setup: ["SET a 1"], "COPY", "COPY a", "COPY a a", "COPY a b FOO", "COPY a b DB", "COPY a b DB x",
    "COPY a b DB 99999999", "COPY a b DB -1", "COPY a b DB 2147483648", "COPY a b DB -2147483649",
    "COPY a b DB 9223372036854775808", "COPY a b REPLACE FOO", "EXISTS b", isPersistent: false),

  ConformanceCase(
    "MOVE", setup: ["SET a 1"], "MOVE a 4", "EXISTS a", "MOVE a 4", "SELECT 4", "GET a", "MOVE a 0", "DBSIZE",
    "SELECT 0", "GET a", isPersistent: false),
  ConformanceCase(
    "MOVE against a key", setup: ["SET a 1", "COPY a a DB 4"], "MOVE a 4", "GET a", "SELECT 4", "DEL a",
    isPersistent: false),
  ConformanceCase(
    "MOVE takes the time to live along", setup: ["SET a 1 EXAT 33177117420"], "MOVE a 5", "SELECT 5", "EXPIRETIME a",
    "DEL a", isPersistent: false),
  ConformanceCase(
    "MOVE over an expired key", setup: ["SET a 1 PXAT 1", "COPY a a DB 6", "SET a 2"], "MOVE a 6", "SELECT 6", "GET a",
    "DEL a", isPersistent: false),
  ConformanceCase(
    "MOVE errors", setup: ["SET a 1"], "MOVE", "MOVE a", "MOVE a 1 2", "MOVE a 0", "MOVE a x", "MOVE a -1",
    "MOVE a 99999999", "MOVE a 2147483648", "MOVE x 0", "GET a", isPersistent: false),
]
