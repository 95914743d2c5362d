import ConformanceSupport

/// LINSERT, LREM, LPOS.
let searchCases: [ConformanceCase] = [
  ConformanceCase(
    "LINSERT", setup: ["RPUSH l a b c"], "LINSERT l BEFORE b x", "LINSERT l after c y", "LINSERT l before a 1",
    "LINSERT l AFTER none z", "LRANGE l 0 -1", "LINSERT absent BEFORE a b", "EXISTS absent"),
  ConformanceCase(
    "LINSERT at the first match", setup: ["RPUSH l a b a b"], "LINSERT l AFTER b x", "LINSERT l BEFORE a y",
    "LRANGE l 0 -1"),
  ConformanceCase(
    "LINSERT of numbers", setup: ["RPUSH l 1 2 3"], "LINSERT l BEFORE 2 10", "LINSERT l BEFORE 02 11", "LRANGE l 0 -1"),
  ConformanceCase(
    "LINSERT into many", setup: [.init(["RPUSH", "l"] + (0..<3000).map { "element number \($0)" })],
    "LINSERT l BEFORE \"element number 1500\" x",
    "LINSERT l AFTER \"element number 430\" y", "LRANGE l 1498 1504", "LRANGE l 428 434",
    .init(["LINSERT", "l", "AFTER", "x", String(repeating: "x", count: 10000)]),
    "LINDEX l 1501", "LINDEX l 1503", "LLEN l"),
  ConformanceCase(
    "LINSERT errors", setup: ["SET s x", "RPUSH l a"], "LINSERT", "LINSERT l BEFORE a", "LINSERT l MIDDLE a b",
    "LINSERT s BEFORE a b", "LINSERT s FOO a b", "LINSERT absent FOO a b"),

  ConformanceCase(
    "LREM", setup: ["RPUSH l a b a c a d a"], "LREM l 1 a", "LRANGE l 0 -1", "LREM l -1 a", "LRANGE l 0 -1",
    "LREM l 0 a", "LRANGE l 0 -1", "LREM l 0 x", "LREM absent 0 a"),
  ConformanceCase("LREM of all", setup: ["RPUSH l a a a"], "LREM l 0 a", "EXISTS l"),
  ConformanceCase("LREM of numbers", setup: ["RPUSH l 1 01 1 2"], "LREM l 0 1", "LRANGE l 0 -1", "LREM l -5 2"),
  ConformanceCase(
    "LREM of many", setup: [.init(["RPUSH", "l"] + (0..<4000).map { $0 % 3 == 0 ? "fizz" : "number \($0)" })],
    "LREM l 100 fizz", "LREM l -100 fizz",
    "LLEN l", "LRANGE l 195 205", "LREM l 0 fizz", "LLEN l", "LRANGE l 1000 1003"),
  ConformanceCase(
    "LREM at the limits", setup: ["RPUSH l a b a"], "LREM l -9223372036854775808 a", "LREM l 9223372036854775807 b",
    "EXISTS l"),
  ConformanceCase(
    "LREM errors", setup: ["SET s x"], "LREM", "LREM l 0", "LREM l x a", "LREM s 0 a", "LREM s x a", "LREM absent x a"),

  ConformanceCase(
    "LPOS", setup: ["RPUSH l a b c 1 2 3 c c"], "LPOS l c", "LPOS l 2", "LPOS l x", "LPOS absent a", "LPOS l 02"),
  ConformanceCase(
    "LPOS RANK", setup: ["RPUSH l a b c 1 2 3 c c"], "LPOS l c RANK 2", "LPOS l c RANK 3", "LPOS l c RANK 4",
    "LPOS l c RANK -1", "LPOS l c rank -3", "LPOS l c RANK -4", "LPOS l c RANK 9223372036854775807"),
  ConformanceCase(
    "LPOS RANK without an opposite", setup: ["RPUSH l a b c 1 2 3 c c"], "LPOS l c RANK -9223372036854775808",
    "LPOS l c RANK -9223372036854775808 COUNT 1", "LPOS l c RANK -9223372036854775808 COUNT 0 MAXLEN 2",
    "LPOS l c RANK -9223372036854775807", "LPOS l c RANK -9223372036854775809"),
  ConformanceCase(
    "list-max-listpack-size", "CONFIG SET list-max-listpack-size 0", "RPUSH l 1 2 3", "LINSERT l BEFORE 2 x",
    "LSET l 0 y", "LREM l 0 x", "LRANGE l 0 -1", "CONFIG SET list-max-listpack-size -6", "RPUSH l 4",
    "CONFIG SET list-max-listpack-size 100000", "RPUSH l 5", "LTRIM l 1 -2", "LRANGE l 0 -1", "OBJECT ENCODING l",
    "CONFIG SET list-max-ziplist-size x", "CONFIG SET list-max-ziplist-size 99999999999",
    "CONFIG SET list-max-listpack-size -2", "CONFIG SET list-compress-depth -1"),
  ConformanceCase(
    "lists elsewhere", setup: ["RPUSH l 1 2 a"], "TYPE l", "OBJECT ENCODING l", "OBJECT REFCOUNT l",
    "SCAN 0 TYPE list COUNT 1000", "SCAN 0 TYPE LIST COUNT 1000", "DEBUG DIGEST-VALUE l", "MEMORY USAGE absent",
    "COMMAND GETKEYS BLMPOP 0 2 a b LEFT", "COMMAND GETKEYS LMPOP 2 a b LEFT", "COMMAND GETKEYS BLPOP a b c 0",
    "COMMAND GETKEYSANDFLAGS BLMOVE a b LEFT LEFT 0"),
  ConformanceCase(
    "LPOS COUNT", setup: ["RPUSH l a b c 1 2 3 c c"], "LPOS l c COUNT 0", "LPOS l c COUNT 1", "LPOS l c COUNT 2",
    "LPOS l c COUNT 100", "LPOS l x COUNT 0", "LPOS absent a COUNT 0", "LPOS l c COUNT 2 RANK -1",
    "LPOS l c COUNT 0 RANK 2", "LPOS l c COUNT 1 RANK 9"),
  ConformanceCase(
    "LPOS MAXLEN", setup: ["RPUSH l a b c 1 2 3 c c"], "LPOS l c MAXLEN 2", "LPOS l c MAXLEN 3",
    "LPOS l c COUNT 0 MAXLEN 7", "LPOS l c COUNT 0 MAXLEN 0", "LPOS l c RANK -1 COUNT 0 MAXLEN 2",
    "LPOS l c RANK 2 MAXLEN 6", "LPOS l c RANK 2 MAXLEN 7"),
  ConformanceCase(
    "LPOS of many", setup: [.init(["RPUSH", "l"] + (0..<4000).map { $0 % 500 == 7 ? "fizz" : "number \($0)" })],
    "LPOS l fizz COUNT 0", "LPOS l fizz RANK -1 COUNT 0 MAXLEN 3000", "LPOS l \"number 3999\""),
  ConformanceCase(
    "LPOS errors", setup: ["SET s x", "RPUSH l a"], "LPOS", "LPOS l", "LPOS s a", "LPOS l a RANK 0", "LPOS l a RANK x",
    "LPOS l a RANK", "LPOS l a COUNT -1",
    "LPOS l a COUNT x", "LPOS l a MAXLEN -1", "LPOS l a MAXLEN x", "LPOS l a FOO", "LPOS l a FOO 1", "LPOS s a RANK 0",
    "LPOS absent a COUNT -1",
    "LPOS l a COUNT 1 COUNT 0"),
]
