import ConformanceSupport

/// COMMAND.
let commandCases: [ConformanceCase] = [
  ConformanceCase("COMMAND", "COMMAND", "COMMAND COUNT", comparing: .typeOnly),
  ConformanceCase("COMMAND errors", "COMMAND FOO", "COMMAND COUNT a", "COMMAND FOO BAR"),
  ConformanceCase(
    "COMMAND INFO", "COMMAND INFO get", "COMMAND INFO GET foo ping", "COMMAND INFO debug", "COMMAND INFO config|get",
    "COMMAND INFO mset", "COMMAND INFO memory|usage", "COMMAND INFO config|foo", "COMMAND INFO foo|bar"),
  ConformanceCase("COMMAND INFO of everything", "COMMAND INFO", comparing: .typeOnly),
  ConformanceCase(
    "COMMAND DOCS", "COMMAND DOCS get", "COMMAND DOCS foo", "COMMAND DOCS config|get ping", "COMMAND DOCS client|kill",
    "COMMAND DOCS flushall select", "COMMAND DOCS quit"),
  ConformanceCase("COMMAND DOCS of everything", "COMMAND DOCS", comparing: .typeOnly),
  ConformanceCase("COMMAND LIST", "COMMAND LIST", comparing: .typeOnly),
  ConformanceCase(
    "COMMAND LIST FILTERBY", "COMMAND LIST FILTERBY PATTERN config*", "COMMAND LIST FILTERBY PATTERN ECHO",
    "COMMAND LIST FILTERBY MODULE foo", "COMMAND LIST FILTERBY ACLCAT foo", "COMMAND LIST FILTERBY pattern slowlog|*",
    comparing: .unordered),
  ConformanceCase(
    "COMMAND LIST errors", "COMMAND LIST FOO", "COMMAND LIST FILTERBY", "COMMAND LIST FILTERBY FOO bar",
    "COMMAND LIST FILTERBY ACLCAT", "COMMAND LIST FILTERBY PATTERN a b"),
  ConformanceCase(
    "COMMAND GETKEYS", "COMMAND GETKEYS get key", "COMMAND GETKEYS mset a 1 b 2", "COMMAND GETKEYS memory usage key",
    "COMMAND GETKEYS del a b c", "COMMAND GETKEYS object encoding key"),
  ConformanceCase(
    "COMMAND GETKEYS with hostile numbers of keys", "COMMAND GETKEYS lmpop 9223372036854775807 a LEFT",
    "COMMAND GETKEYS lmpop -9223372036854775808 a LEFT", "COMMAND GETKEYS lmpop 0 a LEFT",
    "COMMAND GETKEYS blmpop 0 9223372036854775807 a LEFT", "COMMAND GETKEYS blmpop 0 9223372036854775806 a b LEFT",
    "COMMAND GETKEYSANDFLAGS lmpop 9223372036854775807 a LEFT", "COMMAND GETKEYS lmpop 3 a LEFT",
    "COMMAND GETKEYS lmpop 2 a LEFT"),
  ConformanceCase(
    "COMMAND GETKEYS errors", "COMMAND GETKEYS", "COMMAND GETKEYS foo", "COMMAND GETKEYS get", "COMMAND GETKEYS ping",
    "COMMAND GETKEYS get a b", "COMMAND GETKEYS config get a", "COMMAND GETKEYS memory foo a", "COMMAND GETKEYS mset"),
  ConformanceCase(
    "COMMAND GETKEYSANDFLAGS", "COMMAND GETKEYSANDFLAGS get key", "COMMAND GETKEYSANDFLAGS set key value",
    "COMMAND GETKEYSANDFLAGS set key value get", "COMMAND GETKEYSANDFLAGS mset a 1 b 2",
    "COMMAND GETKEYSANDFLAGS copy a b", "COMMAND GETKEYSANDFLAGS ping", "COMMAND GETKEYSANDFLAGS"),
  // C's strings end with a zero byte, and any other byte is quoted as it came.
  // (No command's name stands before the zero: redis-server compares names as such strings, and finds GET for `get\0`
  // at the starts at which both have the same place in its table.)
  ConformanceCase(
    "Bytes that are no text in errors", "\"gat\\x00\" a", "\"gat\\x00a\"", "\"\\xff\\xe9\" \"a\\x00b\" c",
    "COMMAND GETKEYS \"gat\\x00\" a", "OBJECT \"\\xff\"", "CONFIG \"a\\x00b\"", "EXPIRE a 1 \"\\xffb\\x00\"",
    "EXPIRE a 1 \"b\\n\\r\"", "DEBUG ERROR \"b\\n\\r\"",
    "CONFIG SET \"\\xff\\x00\" 1", "CLIENT LIST TYPE \"\\xff\\x00a\"", "CLIENT KILL USER \"\\xff\"",
    "LATENCY GRAPH \"\\xff\"", "HELLO 3 \"\\xff\"", "PUBSUB CHANNELS a \"\\xff\"", "PUBSUB \"\\xff\\x00\"",
    "DEBUG \"\\xff\\x00\"", "\"a\\nb\" \"c\\rd\""),
  ConformanceCase("COMMAND HELP", "COMMAND HELP", "COMMAND HELP a"),
]
