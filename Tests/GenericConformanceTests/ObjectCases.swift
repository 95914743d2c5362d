import ConformanceSupport

/// OBJECT.
let objectCases: [ConformanceCase] = [
  ConformanceCase(
    "OBJECT ENCODING", setup: [
      "SET int 1", "SET negative -9223372036854775808", "SET large 9223372036854775808", "SET zeros 007",
      "SET text \"a b\"", Command(["SET", "limit", String(repeating: "x", count: 44)]),
      Command(["SET", "long", String(repeating: "x", count: 45)]), "SET empty \"\"",
    ],
    "OBJECT ENCODING int", "OBJECT ENCODING negative", "OBJECT ENCODING large", "OBJECT ENCODING zeros",
    "OBJECT ENCODING text", "OBJECT ENCODING limit", "OBJECT ENCODING long", "OBJECT ENCODING empty",
    "OBJECT ENCODING x"),
  ConformanceCase(
    "OBJECT ENCODING of edited strings", "APPEND a 1", "OBJECT ENCODING a", "APPEND a 2", "OBJECT ENCODING a",
    "INCR a", "OBJECT ENCODING a", "SETRANGE a 0 3", "OBJECT ENCODING a", "SETRANGE b 0 3", "OBJECT ENCODING b",
    "INCRBYFLOAT c 3", "OBJECT ENCODING c", "INCR c", "OBJECT ENCODING c", "INCRBYFLOAT c 1", "OBJECT ENCODING c",
    "SETRANGE c 5 \"\"", "OBJECT ENCODING c", "GETSET c 5", "OBJECT ENCODING c"),
  ConformanceCase(
    "OBJECT REFCOUNT", setup: ["SET a text", "SET zero 0", "SET small 9999", "SET large 10000", "SET negative -1"],
    "OBJECT REFCOUNT a", "OBJECT REFCOUNT zero", "OBJECT REFCOUNT small", "OBJECT REFCOUNT large",
    "OBJECT REFCOUNT negative", "OBJECT REFCOUNT x", "INCR small", "OBJECT REFCOUNT small", "DECR large",
    "OBJECT REFCOUNT large"),
  ConformanceCase(
    "OBJECT REFCOUNT of what commands leave", "MSET a 5 b 10000", "OBJECT REFCOUNT a", "GETSET b 6",
    "OBJECT REFCOUNT b", "RENAME b c", "OBJECT REFCOUNT c", "APPEND d 7", "OBJECT REFCOUNT d", "APPEND d 7",
    "OBJECT REFCOUNT d",
    "SETRANGE e 0 8", "OBJECT REFCOUNT e", "INCRBY f 9999", "OBJECT REFCOUNT f", "INCR f", "OBJECT REFCOUNT f",
    "INCRBYFLOAT g 5", "OBJECT REFCOUNT g", "SET h 05", "OBJECT REFCOUNT h", "GETDEL h", "OBJECT REFCOUNT h"),
  ConformanceCase(
    "OBJECT REFCOUNT of a copy", setup: ["SET a 5", "COPY a b"], "OBJECT REFCOUNT b",
    comparing: .deviation(reason: "a copy of a small integer counts as shared, too") {
      $0.value.number == 2_147_483_647
    }),
  // No number: Redis shares the objects of small ones, and tells how long it has been running. And a second may begin
  // between the two commands, on one of the servers.
  ConformanceCase(
    "OBJECT IDLETIME", setup: ["SET a text"], "OBJECT IDLETIME a", "OBJECT IDLETIME x",
    comparing: .number(tolerance: 2)),
  ConformanceCase("OBJECT FREQ", setup: ["SET a 1"], "OBJECT FREQ a", "OBJECT FREQ x"),
  ConformanceCase("OBJECT HELP", "OBJECT HELP", "object help", "OBJECT HELP x"),
  ConformanceCase(
    "OBJECT errors", "OBJECT", "OBJECT FOO", "OBJECT FOO a", "OBJECT ENCODING", "OBJECT ENCODING a b", "OBJECT FREQ",
    "OBJECT IDLETIME a b", "OBJECT REFCOUNT"),
]
