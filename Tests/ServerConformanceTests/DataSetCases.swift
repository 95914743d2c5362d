import ConformanceSupport

/// DBSIZE, FLUSHDB, FLUSHALL, SWAPDB and LASTSAVE.
let dataSetCases: [ConformanceCase] = [
  ConformanceCase("DBSIZE", "DBSIZE", "MSET a 1 b 2", "DBSIZE", "SELECT 1", "DBSIZE", "DBSIZE a"),
  ConformanceCase(
    "FLUSHDB", setup: ["SET a 1", "SELECT 1", "SET b 2"], "FLUSHDB", "DBSIZE", "SELECT 0", "DBSIZE", "FLUSHDB ASYNC",
    "DBSIZE", "FLUSHDB sync", "FLUSHDB"),
  ConformanceCase("FLUSHDB errors", setup: ["SET a 1"], "FLUSHDB foo", "FLUSHDB ASYNC SYNC", "DBSIZE"),
  ConformanceCase(
    "FLUSHALL", setup: ["SET a 1", "SELECT 1", "SET b 2"], "FLUSHALL", "DBSIZE", "SELECT 0", "DBSIZE", "SET a 1",
    "FLUSHALL async", "DBSIZE", "FLUSHALL SYNC"),
  ConformanceCase("FLUSHALL errors", setup: ["SET a 1"], "FLUSHALL foo", "FLUSHALL ASYNC SYNC", "DBSIZE"),
  ConformanceCase("FLUSHALL voids watched keys", setup: ["SET a 1"], "WATCH a", "FLUSHALL", "MULTI", "PING", "EXEC"),
  ConformanceCase(
    "SWAPDB", setup: ["SET a 1", "SELECT 1", "SET b 2"], "SWAPDB 0 1", "GET a", "GET b", "SELECT 0", "GET b",
    "SWAPDB 0 0", "GET b"),
  ConformanceCase(
    "SWAPDB errors", "SWAPDB", "SWAPDB 0", "SWAPDB a 1", "SWAPDB 0 a", "SWAPDB 0 16", "SWAPDB -1 0", "SWAPDB 0 1 2",
    "SWAPDB 44444444444 1"),
  ConformanceCase("LASTSAVE", "LASTSAVE", comparing: .typeOnly),
  ConformanceCase("LASTSAVE errors", "LASTSAVE a"),
  ConformanceCase("SAVE", setup: ["SET a 1"], "SAVE", "SAVE a", "MULTI", "SAVE", "DISCARD", "DEBUG RELOAD", "GET a"),
  ConformanceCase("BGSAVE errors", "BGSAVE x", "BGSAVE SCHEDULE x", "BGSAVE SCHEDULE SCHEDULE"),
  // Waits until a save that the case before began, and the flush since then has ended, is seen to be over.
  ConformanceCase("BGSAVE", setup: ["BLPOP nothing 0.5", "SET a 1"], "MULTI", "BGSAVE", "EXEC"),
]
