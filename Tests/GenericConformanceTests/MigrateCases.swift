import ConformanceSupport

/// MIGRATE as far as it goes without a server to move keys to; the rest is in MigrateTests.swift.
let migrateCases: [ConformanceCase] = [
  ConformanceCase(
    "MIGRATE of keys that are not there", "MIGRATE 127.0.0.1 1 absent 0 100", "MIGRATE 127.0.0.1 1 \"\" 0 100",
    "MIGRATE 127.0.0.1 1 \"\" 0 100 KEYS a b", "MIGRATE 127.0.0.1 1 \"\" 0 100 KEYS",
    "MIGRATE 127.0.0.1 1 \"\" 0 0 copy replace auth password keys a"),
  ConformanceCase(
    "MIGRATE errors", setup: ["SET a x"], "MIGRATE", "MIGRATE 127.0.0.1 1 a 0", "MIGRATE 127.0.0.1 1 a x 100",
    "MIGRATE 127.0.0.1 1 a 0 x", "MIGRATE 127.0.0.1 1 a x y", "MIGRATE 127.0.0.1 1 a 0 100 FOO",
    "MIGRATE 127.0.0.1 1 a 0 100 AUTH", "MIGRATE 127.0.0.1 1 a 0 100 AUTH2 a", "MIGRATE 127.0.0.1 1 a 0 100 KEYS a",
    "MIGRATE 127.0.0.1 1 a 0 100 COPY FOO", "MIGRATE 127.0.0.1 1 a 0 100 AUTH KEYS FOO", "EXISTS a"),
  ConformanceCase(
    "MIGRATE to nobody", setup: ["SET a x"], "MIGRATE 127.0.0.1 1 a 0 100", "MIGRATE 127.0.0.1 x a 0 100",
    "MIGRATE 127.0.0.1 1 \"\" 0 100 COPY KEYS a b", "MIGRATE 127.0.0.1.1 1 a 0 100", "GET a"),
  ConformanceCase(
    "MIGRATE's keys and metadata", "COMMAND INFO migrate", "COMMAND DOCS migrate",
    "COMMAND GETKEYS MIGRATE h 1 a 0 5 COPY", "COMMAND GETKEYS MIGRATE h 1 \"\" 0 5 COPY KEYS a b",
    "COMMAND GETKEYS MIGRATE h 1 \"\" 0 5 AUTH KEYS KEYS a b", "COMMAND GETKEYS MIGRATE h 1 a 0 5 AUTH2 keys keys",
    "COMMAND GETKEYSANDFLAGS MIGRATE h 1 \"\" 0 5 AUTH2 KEYS KEYS KEYS a b"),
]
