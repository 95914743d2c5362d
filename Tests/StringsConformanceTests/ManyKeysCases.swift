import ConformanceSupport

/// MGET, MSET, MSETNX and LCS.
let manyKeysCases: [ConformanceCase] = [
  ConformanceCase("MGET", setup: ["MSET a 1 b two"], "MGET a b absent a"),
  ConformanceCase("MGET of other types", setup: ["SET a 1", "HSET hash field x"], "MGET a hash absent"),
  ConformanceCase("MGET of one", setup: ["SET a \"\""], "MGET a", "MGET absent"),
  ConformanceCase("MGET of bytes", setup: ["SET \"\\x00\" \"\\r\\n\""], "MGET \"\\x00\" \"\""),
  ConformanceCase("MGET errors", "MGET"),

  ConformanceCase("MSET", "MSET a 1 b 2", "MGET a b", "MSET a 3", "GET a"),
  ConformanceCase("MSET takes the last of equal keys", "MSET a 1 b 2 a 3", "MGET a b", "DBSIZE"),
  ConformanceCase("MSET replaces any type", setup: ["HSET hash field x"], "MSET hash 1", "TYPE hash"),
  ConformanceCase("MSET clears the time to live", setup: ["SET a 1 EX 100"], "MSET a 2", "TTL a"),
  ConformanceCase("MSET errors", "MSET", "MSET a", "MSET a 1 b", "DBSIZE"),

  ConformanceCase("MSETNX", "MSETNX a 1 b 2", "MSETNX b 3 c 4", "MGET a b c"),
  ConformanceCase("MSETNX with equal keys", "MSETNX a 1 a 2", "GET a", "DBSIZE"),
  ConformanceCase("MSETNX against a hash", setup: ["HSET hash field x"], "MSETNX a 1 hash 2", "EXISTS a", "TYPE hash"),
  ConformanceCase("MSETNX keeps the time to live", setup: ["SET a 1 EXAT 33177117420"], "MSETNX a 2", "EXPIRETIME a"),
  ConformanceCase("MSETNX errors", "MSETNX", "MSETNX a", "MSETNX a 1 b", "DBSIZE"),

  ConformanceCase("LCS", setup: ["MSET a ohmytext b mynewtext"], "LCS a b", "LCS a b LEN", "LCS b a", "LCS a a"),
  ConformanceCase("LCS of absent keys", setup: ["SET a text"], "LCS a absent", "LCS absent a LEN", "LCS x y IDX"),
  ConformanceCase(
    "LCS IDX", setup: ["MSET a ohmytext b mynewtext"], "LCS a b IDX", "LCS a b IDX MINMATCHLEN 4",
    "LCS a b IDX WITHMATCHLEN", "LCS a b IDX MINMATCHLEN 4 WITHMATCHLEN", "LCS a b idx minmatchlen -1 withmatchlen",
    "LCS a b IDX MINMATCHLEN 100"),
  ConformanceCase(
    "LCS of numbers and nothing", setup: ["MSET a 12345 b 1345 empty \"\""], "LCS a b", "LCS a empty", "LCS a b IDX"),
  ConformanceCase("LCS without a common letter", setup: ["MSET a abc b xyz"], "LCS a b", "LCS a b LEN", "LCS a b IDX"),
  ConformanceCase("LCS against a hash", setup: ["SET a text", "HSET hash field x"], "LCS a hash", "LCS hash a LEN"),
  ConformanceCase(
    "LCS errors", setup: ["MSET a text b test"], "LCS", "LCS a", "LCS a b IDX LEN", "LCS a b FOO",
    "LCS a b MINMATCHLEN", "LCS a b IDX MINMATCHLEN abc", "LCS a b MINMATCHLEN 3"),
]
