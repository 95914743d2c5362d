import ConformanceSupport

/// INCR, DECR and their relatives.
let counterCases: [ConformanceCase] = [
  ConformanceCase("INCR", "INCR key", "INCR key", "GET key"),
  ConformanceCase("INCR of negative numbers", setup: ["SET key -2"], "INCR key", "INCR key", "INCR key"),
  ConformanceCase("INCR keeps the time to live", setup: ["SET key 1 EXAT 33177117420"], "INCR key", "EXPIRETIME key"),
  ConformanceCase(
    "INCR up to the largest number", setup: ["SET key 9223372036854775806"], "INCR key", "INCR key", "GET key"),
  ConformanceCase(
    "INCR of what is no integer", "SET key abc", "INCR key", "SET key 1.5", "INCR key", "SET key \" 1\"", "INCR key",
    "SET key 01", "INCR key", "SET key \"\"", "INCR key", "SET key 9223372036854775808", "INCR key"),
  ConformanceCase("INCR errors", setup: ["HSET hash field a"], "INCR", "INCR a b", "INCR hash"),

  ConformanceCase("DECR", "DECR key", "DECR key", "GET key"),
  ConformanceCase("DECR from a number", setup: ["SET key 100"], "DECR key", "DECR key"),
  ConformanceCase(
    "DECR down to the smallest number", setup: ["SET key -9223372036854775807"], "DECR key", "DECR key", "GET key"),
  ConformanceCase(
    "DECR of what is no integer", "SET key abc", "DECR key", "SET key 1e3", "DECR key", "SET key +1", "DECR key"),
  ConformanceCase("DECR errors", setup: ["HSET hash field a"], "DECR", "DECR a b", "DECR hash"),

  ConformanceCase("INCRBY", "INCRBY key 5", "INCRBY key -7", "INCRBY key 0", "GET key"),
  ConformanceCase("INCRBY with large numbers", setup: ["SET key 17179869184"], "INCRBY key 17179869184", "GET key"),
  ConformanceCase(
    "INCRBY overflow", setup: ["SET key 9223372036854775807"], "INCRBY key 1", "INCRBY key -9223372036854775808",
    "INCRBY key 9223372036854775807", "GET key"),
  ConformanceCase(
    "INCRBY of what is no integer", setup: ["SET key abc"], "INCRBY key 1", "INCRBY other abc", "INCRBY other 1.5",
    "INCRBY other 9223372036854775808", "INCRBY other \"\"", "EXISTS other"),
  ConformanceCase(
    "INCRBY errors", setup: ["HSET hash field a"], "INCRBY", "INCRBY key", "INCRBY key 1 2", "INCRBY hash 1"),

  ConformanceCase("DECRBY", "DECRBY key 5", "DECRBY key -7", "GET key"),
  ConformanceCase("DECRBY by the smallest number", "DECRBY key -9223372036854775808", "EXISTS key"),
  ConformanceCase(
    "DECRBY overflow", setup: ["SET key -9223372036854775807"], "DECRBY key 2", "DECRBY key 1", "GET key"),
  ConformanceCase(
    "DECRBY of what is no integer", setup: ["SET key abc"], "DECRBY key 1", "DECRBY other abc", "DECRBY other 1.0"),
  ConformanceCase(
    "DECRBY errors", setup: ["HSET hash field a"], "DECRBY", "DECRBY key", "DECRBY key 1 2", "DECRBY hash 1"),

  ConformanceCase("INCRBYFLOAT", "INCRBYFLOAT key 1", "INCRBYFLOAT key 0.25", "INCRBYFLOAT key -1.25", "GET key"),
  ConformanceCase(
    "INCRBYFLOAT rounds as Redis does", "INCRBYFLOAT key 0.1", "INCRBYFLOAT key 0.2", "INCRBYFLOAT key 3.0e3",
    "INCRBYFLOAT key 1e-17", "INCRBYFLOAT key 5.0e-1", "INCRBYFLOAT big 17179869184", "INCRBYFLOAT big 1.5"),
  ConformanceCase(
    "INCRBYFLOAT of spelled numbers", "SET key 3.0", "INCRBYFLOAT key 1.0", "SET key 314e-2", "INCRBYFLOAT key 0",
    "SET key 0x10", "INCRBYFLOAT key 1", "SET key -0", "INCRBYFLOAT key -0"),
  ConformanceCase(
    "INCRBYFLOAT keeps the time to live", setup: ["SET key 1 EXAT 33177117420"], "INCRBYFLOAT key 0.5", "EXPIRETIME key"
  ),
  ConformanceCase(
    "INCRBYFLOAT of what is no number", "SET key abc", "INCRBYFLOAT key 1", "SET key \" 1\"", "INCRBYFLOAT key 1",
    "SET key \"1 \"", "INCRBYFLOAT key 1", "SET key \"\"", "INCRBYFLOAT key 1", "SET key nan", "INCRBYFLOAT key 1",
    "INCRBYFLOAT other abc", "INCRBYFLOAT other nan", "INCRBYFLOAT other inf", "INCRBYFLOAT other -inf",
    "EXISTS other"),
  ConformanceCase(
    "INCRBYFLOAT errors", setup: ["HSET hash field a"], "INCRBYFLOAT", "INCRBYFLOAT key", "INCRBYFLOAT key 1 2",
    "INCRBYFLOAT hash 1"),
]
