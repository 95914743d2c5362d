import ConformanceSupport

/// PING, ECHO, SELECT, AUTH, HELLO, RESET and QUIT.
let connectionCases: [ConformanceCase] = [
  ConformanceCase("PING", "PING", "PING hello", "PING \"\"", "ping \"\\r\\n\"", "PING a b"),
  ConformanceCase("ECHO", "ECHO hello", "ECHO \"\"", "echo \"\\x00\\xff\"", "ECHO", "ECHO a b"),

  ConformanceCase(
    "SELECT", "SET key zero", "SELECT 1", "GET key", "SET key one", "SELECT 0", "GET key", "SELECT 15", "DBSIZE"),
  ConformanceCase(
    "SELECT errors", "SELECT", "SELECT a", "SELECT 16", "SELECT -1", "SELECT 1 2", "SELECT 99999999999",
    "SELECT 9223372036854775808", "SELECT 1.5", "SELECT \"\""),

  ConformanceCase("AUTH without a password", "AUTH secret", "AUTH default anything", "PING"),
  ConformanceCase("AUTH errors", "AUTH", "AUTH a b c", "AUTH other secret", "AUTH a b c d"),

  ConformanceCase(
    "HELLO", "HELLO 2", "HELLO 3", "HELLO", "HELLO 2 SETNAME client", "CLIENT GETNAME",
    comparing: .deviation(reason: "the connection's number differs") { !$0.value.isError }),
  ConformanceCase(
    "HELLO errors", "HELLO a", "HELLO 1", "HELLO 4", "HELLO -1", "HELLO 3 AUTH a", "HELLO 3 AUTH other secret",
    "HELLO 3 SETNAME", "HELLO 3 SETNAME \"a b\"", "HELLO 3 FOO", "HELLO 9223372036854775808"),
  ConformanceCase(
    "RESET", "SELECT 3", "CLIENT SETNAME name", "RESET", "CLIENT GETNAME", "SET a 1", "SELECT 0",
    "GET a"),
  ConformanceCase("RESET ends a transaction", "MULTI", "SET a 1", "RESET", "EXEC", "GET a", "RESET a"),
  ConformanceCase("QUIT", "SET a 1", "QUIT"),
  ConformanceCase("QUIT in a transaction", "MULTI", "QUIT"),
  ConformanceCase("QUIT takes any arguments", "QUIT a b"),
]
