import ConformanceSupport

/// LMOVE and RPOPLPUSH, and blocking commands that need not block.
let moveCases: [ConformanceCase] = [
  ConformanceCase(
    "LMOVE", setup: ["RPUSH l a b c d"], "LMOVE l m LEFT RIGHT", "LMOVE l m RIGHT LEFT", "LMOVE l m left left",
    "LMOVE l m right right", "EXISTS l", "LRANGE m 0 -1", "LMOVE absent m LEFT LEFT"),
  ConformanceCase(
    "LMOVE within a list", setup: ["RPUSH l a b c"], "LMOVE l l LEFT RIGHT", "LRANGE l 0 -1", "LMOVE l l RIGHT LEFT",
    "LMOVE l l LEFT LEFT", "LMOVE l l RIGHT RIGHT", "LRANGE l 0 -1"),
  ConformanceCase(
    "LMOVE within a list of one", setup: ["RPUSH l a"], "LMOVE l l LEFT RIGHT", "LMOVE l l RIGHT RIGHT", "LRANGE l 0 -1"
  ),
  ConformanceCase(
    "LMOVE of a number", setup: ["RPUSH l 12 -5"], "LMOVE l m LEFT LEFT", "LMOVE l m LEFT LEFT", "LRANGE m 0 -1"),
  ConformanceCase(
    "LMOVE of a large element", setup: [.init(["RPUSH", "l", String(repeating: "x", count: 20000)])],
    "LMOVE l m LEFT LEFT", "LLEN m"),
  ConformanceCase(
    "LMOVE keeps the time to live",
    setup: ["RPUSH l a b", "RPUSH m c", "EXPIREAT l 33177117420", "EXPIREAT m 33177117421"], "LMOVE l m LEFT LEFT",
    "EXPIRETIME l", "EXPIRETIME m"),
  ConformanceCase(
    "LMOVE errors", setup: ["SET s x", "RPUSH l a"], "LMOVE", "LMOVE l m LEFT", "LMOVE l m LEFT UP",
    "LMOVE l m UP LEFT", "LMOVE l s LEFT LEFT", "LMOVE s l LEFT LEFT",
    "LMOVE absent s LEFT LEFT", "LMOVE s l UP LEFT", "LRANGE l 0 -1"),

  ConformanceCase(
    "RPOPLPUSH", setup: ["RPUSH l a b c"], "RPOPLPUSH l m", "RPOPLPUSH l m", "RPOPLPUSH l m", "RPOPLPUSH l m",
    "LRANGE m 0 -1", "EXISTS l"),
  ConformanceCase("RPOPLPUSH within a list", setup: ["RPUSH l a b c"], "RPOPLPUSH l l", "LRANGE l 0 -1"),
  ConformanceCase("RPOPLPUSH of a number", setup: ["RPUSH l 7"], "RPOPLPUSH l m", "LINDEX m 0"),
  ConformanceCase("RPOPLPUSH of nothing", setup: ["SET s x"], "RPOPLPUSH absent m", "RPOPLPUSH absent s", "EXISTS m"),
  ConformanceCase(
    "RPOPLPUSH errors", setup: ["SET s x", "RPUSH l a"], "RPOPLPUSH", "RPOPLPUSH l", "RPOPLPUSH l m n", "RPOPLPUSH l s",
    "RPOPLPUSH s l", "LLEN l"),
]

/// What blocking commands do where nothing needs to block, or may.
let unblockedCases: [ConformanceCase] = [
  ConformanceCase(
    "BLPOP", setup: ["RPUSH l a b", "RPUSH m c"], "BLPOP l 0", "BLPOP x l m 0", "BLPOP x l m 1.5", "EXISTS l m"),
  ConformanceCase("BLPOP inside MULTI", setup: ["RPUSH l a"], "MULTI", "BLPOP l 0", "BLPOP l 0", "BLPOP l m 1", "EXEC"),
  ConformanceCase("BLPOP times out", "BLPOP l 0.01", "BLPOP l m n 1e-2", "BLPOP l 0.0001", "EXISTS l"),
  ConformanceCase("BLPOP of another type", setup: ["SET s x", "RPUSH l a"], "BLPOP s 0", "BLPOP x s 0", "BLPOP l s 0"),
  ConformanceCase(
    "BLPOP errors", "BLPOP", "BLPOP l", "BLPOP l x", "BLPOP l -1", "BLPOP l -0.1", "BLPOP l \"\"", "BLPOP l nan",
    "BLPOP l inf", "BLPOP l 1e400", "BLPOP l 0x7FFFFFFFFFFFFFFFFF",
    "BLPOP l \" 1\"", "BLPOP l -inf"),

  ConformanceCase(
    "BRPOP", setup: ["RPUSH l a b", "RPUSH m c"], "BRPOP l 0", "BRPOP x l m 0", "BRPOP x l m 1.5", "EXISTS l m"),
  ConformanceCase("BRPOP inside MULTI", setup: ["RPUSH l a"], "MULTI", "BRPOP l 0", "BRPOP l 0", "EXEC"),
  ConformanceCase("BRPOP times out", "BRPOP l 0.01", "BRPOP l m 0.02"),
  ConformanceCase("BRPOP of another type", setup: ["SET s x", "RPUSH l a"], "BRPOP s 0", "BRPOP x s 0", "BRPOP l s 0"),
  ConformanceCase(
    "BRPOP errors", setup: ["SET s x"], "BRPOP", "BRPOP l", "BRPOP l x", "BRPOP l -1", "BRPOP s x", "BRPOP s -1"),

  ConformanceCase(
    "BLMOVE", setup: ["RPUSH l a b c"], "BLMOVE l m LEFT RIGHT 0", "BLMOVE l m RIGHT LEFT 0.5",
    "BLMOVE l l LEFT LEFT 0", "LRANGE m 0 -1"),
  ConformanceCase(
    "BLMOVE inside MULTI", setup: ["RPUSH l a"], "MULTI", "BLMOVE l m LEFT LEFT 0", "BLMOVE l m LEFT LEFT 0", "EXEC"),
  ConformanceCase("BLMOVE times out", setup: ["SET s x"], "BLMOVE l m LEFT LEFT 0.01", "BLMOVE l s LEFT LEFT 0.01"),
  ConformanceCase(
    "BLMOVE of another type", setup: ["SET s x", "RPUSH l a"], "BLMOVE s l LEFT LEFT 0", "BLMOVE l s LEFT LEFT 0",
    "LLEN l"),
  ConformanceCase(
    "BLMOVE errors", "BLMOVE", "BLMOVE l m LEFT LEFT", "BLMOVE l m UP LEFT 0", "BLMOVE l m LEFT UP 0",
    "BLMOVE l m LEFT LEFT x", "BLMOVE l m LEFT LEFT -1", "BLMOVE l m UP LEFT x"),

  ConformanceCase(
    "BRPOPLPUSH", setup: ["RPUSH l a b"], "BRPOPLPUSH l m 0", "BRPOPLPUSH l m 1", "LRANGE m 0 -1", "EXISTS l"),
  ConformanceCase(
    "BRPOPLPUSH inside MULTI", setup: ["RPUSH l a"], "MULTI", "BRPOPLPUSH l m 0", "BRPOPLPUSH l m 0", "EXEC"),
  ConformanceCase("BRPOPLPUSH times out", "BRPOPLPUSH l m 0.01", "EXISTS l m"),
  ConformanceCase(
    "BRPOPLPUSH of another type", setup: ["SET s x", "RPUSH l a"], "BRPOPLPUSH s l 0", "BRPOPLPUSH l s 0"),
  ConformanceCase("BRPOPLPUSH errors", "BRPOPLPUSH", "BRPOPLPUSH l m", "BRPOPLPUSH l m x", "BRPOPLPUSH l m -1"),

  ConformanceCase(
    "BLMPOP", setup: ["RPUSH l a b c", "RPUSH m d"], "BLMPOP 0 1 l LEFT", "BLMPOP 0 2 x l RIGHT COUNT 5",
    "BLMPOP 1.5 2 l m left", "EXISTS l m"),
  ConformanceCase(
    "BLMPOP inside MULTI", setup: ["RPUSH l a"], "MULTI", "BLMPOP 0 1 l LEFT", "BLMPOP 0 1 l LEFT", "EXEC"),
  ConformanceCase("BLMPOP times out", "BLMPOP 0.01 1 l LEFT", "BLMPOP 0.01 2 l m RIGHT COUNT 2"),
  ConformanceCase(
    "BLMPOP of another type", setup: ["SET s x", "RPUSH l a"], "BLMPOP 0 1 s LEFT", "BLMPOP 0 2 l s LEFT",
    "BLMPOP 0 2 x s LEFT"),
  ConformanceCase(
    "BLMPOP errors", "BLMPOP", "BLMPOP 0 1 l", "BLMPOP 0 0 l LEFT", "BLMPOP 0 x l LEFT", "BLMPOP x 1 l LEFT",
    "BLMPOP -1 1 l LEFT", "BLMPOP 0 2 l LEFT", "BLMPOP 0 1 l UP",
    "BLMPOP 0 1 l LEFT COUNT 0", "BLMPOP x 0 l LEFT", "BLMPOP x 1 l LEFT COUNT 0", "BLMPOP 0 1 l LEFT COUNT 1 COUNT 1"),
]
