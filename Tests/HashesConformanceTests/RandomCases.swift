import ConformanceSupport

/// HRANDFIELD. What is drawn is compared where there is no choice, or all are drawn.
let randomCases: [ConformanceCase] = [
  ConformanceCase(
    "HRANDFIELD of one field", setup: ["HSET h a 1"], "HRANDFIELD h", "HRANDFIELD h 1",
    "HRANDFIELD h 5", "HRANDFIELD h -3", "HRANDFIELD h 1 WITHVALUES", "HRANDFIELD h -3 WITHVALUES",
    "HRANDFIELD h 9 withvalues"),
  ConformanceCase(
    "HRANDFIELD of a table of one", setup: [.init(["HSET", "h", "a", long])], "HRANDFIELD h",
    "HRANDFIELD h 3", "HRANDFIELD h -3 WITHVALUES", "HRANDFIELD h 2 WITHVALUES"),
  ConformanceCase(
    "HRANDFIELD of all", setup: ["HSET h a 1 b 2 c 3"], "HRANDFIELD h 3",
    "HRANDFIELD h 10 WITHVALUES", "HRANDFIELD h 9223372036854775807"),
  ConformanceCase(
    "HRANDFIELD of some", setup: ["HSET h a 1 b 2 c 3"], "HRANDFIELD h", "HRANDFIELD h 2",
    "HRANDFIELD h -5", "HRANDFIELD h 2 WITHVALUES", comparing: .typeOnly),
  ConformanceCase(
    "HRANDFIELD of none", setup: ["HSET h a 1"], "HRANDFIELD h 0", "HRANDFIELD h 0 WITHVALUES",
    "HRANDFIELD h -0", "HRANDFIELD absent", "HRANDFIELD absent 3", "HRANDFIELD absent -3 WITHVALUES"
  ),
  ConformanceCase(
    "HRANDFIELD errors", setup: ["HSET h a 1", "SET s x"], "HRANDFIELD", "HRANDFIELD s",
    "HRANDFIELD s 1", "HRANDFIELD h x",
    "HRANDFIELD h 1 FOO", "HRANDFIELD h 1 WITHVALUES 1", "HRANDFIELD h -9223372036854775808",
    "HRANDFIELD h 9223372036854775808", "HRANDFIELD h -9223372036854775808 WITHVALUES",
    "HRANDFIELD h 4611686018427387904 WITHVALUES", "HRANDFIELD h -4611686018427387904 WITHVALUES",
    "HRANDFIELD h -4611686018427387905 WITHVALUES", "HRANDFIELD absent 1 FOO", "HRANDFIELD s 1 FOO"),
]
