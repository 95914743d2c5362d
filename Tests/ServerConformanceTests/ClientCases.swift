import ConformanceSupport

/// CLIENT.
let clientCases: [ConformanceCase] = [
  ConformanceCase("CLIENT errors", "CLIENT", "CLIENT FOO", "CLIENT FOO BAR", "CLIENT ID 1", "CLIENT GETNAME a"),
  ConformanceCase(
    "CLIENT SETNAME and GETNAME", "CLIENT GETNAME", "CLIENT SETNAME name", "CLIENT GETNAME", "CLIENT SETNAME \"\"",
    "CLIENT GETNAME"),
  ConformanceCase(
    "CLIENT SETNAME errors", "CLIENT SETNAME", "CLIENT SETNAME \"a b\"", "CLIENT SETNAME \"a\\n\"",
    "CLIENT SETNAME \"\\x80\"", "CLIENT SETNAME a b", "CLIENT GETNAME"),
  ConformanceCase("CLIENT ID", "CLIENT ID", comparing: .typeOnly),
  ConformanceCase(
    "CLIENT INFO", "CLIENT INFO", "CLIENT LIST", "CLIENT LIST TYPE normal", "CLIENT LIST TYPE pubsub",
    comparing: .typeOnly),
  ConformanceCase(
    "CLIENT LIST errors", "CLIENT LIST TYPE foo", "CLIENT LIST TYPE", "CLIENT LIST FOO", "CLIENT LIST ID a",
    "CLIENT LIST ID", "CLIENT LIST ID 1000000000", "CLIENT INFO a"),
  ConformanceCase(
    "CLIENT KILL", "CLIENT KILL 1.2.3.4:5", "CLIENT KILL ADDR 1.2.3.4:5", "CLIENT KILL TYPE pubsub",
    "CLIENT KILL ID 1000000000", "CLIENT KILL LADDR 1.2.3.4:5 SKIPME no", "CLIENT KILL TYPE master USER default"),
  ConformanceCase(
    "CLIENT KILL errors", "CLIENT KILL", "CLIENT KILL TYPE foo", "CLIENT KILL ID a", "CLIENT KILL ID 0",
    "CLIENT KILL ID -1", "CLIENT KILL SKIPME maybe", "CLIENT KILL USER nobody", "CLIENT KILL FOO bar",
    "CLIENT KILL ADDR a LADDR", "CLIENT KILL ID 10000 FOO"),
  ConformanceCase(
    "CLIENT PAUSE and UNPAUSE", "CLIENT PAUSE 0", "CLIENT PAUSE 100000 WRITE", "GET a", "CLIENT UNPAUSE",
    "CLIENT UNPAUSE a", "SET a 1"),
  ConformanceCase(
    "CLIENT PAUSE errors", "CLIENT PAUSE", "CLIENT PAUSE a", "CLIENT PAUSE -1", "CLIENT PAUSE 9223372036854775807",
    "CLIENT PAUSE 1 FOO", "CLIENT PAUSE 1 WRITE a", "CLIENT PAUSE 1.5"),
  ConformanceCase(
    "CLIENT UNBLOCK", "CLIENT UNBLOCK 1000000000", "CLIENT UNBLOCK a", "CLIENT UNBLOCK 1 FOO", "CLIENT UNBLOCK",
    "CLIENT UNBLOCK 1000000000 TIMEOUT", "CLIENT UNBLOCK 1000000000 ERROR", "CLIENT UNBLOCK 1 ERROR a"),
  ConformanceCase("CLIENT REPLY", "CLIENT REPLY ON", "CLIENT REPLY FOO", "CLIENT REPLY", "CLIENT REPLY ON a"),
  ConformanceCase(
    "CLIENT NO-EVICT", "CLIENT NO-EVICT ON", "CLIENT NO-EVICT off", "CLIENT NO-EVICT", "CLIENT NO-EVICT foo"),
  ConformanceCase(
    "CLIENT NO-TOUCH", "CLIENT NO-TOUCH ON", "CLIENT NO-TOUCH OFF",
    comparing: .deviation(reason: "Redis 7.2 has it, Redis 7.0 does not") { $0.value.text == "OK" }),
  ConformanceCase(
    "CLIENT SETINFO", "CLIENT SETINFO LIB-NAME name", "CLIENT SETINFO lib-ver 1.2",
    comparing: .deviation(reason: "client libraries send what Redis 7.2 understands") { $0.value.text == "OK" }),
  ConformanceCase(
    "CLIENT HELP", "CLIENT HELP",
    comparing: .deviation(reason: "without client tracking") { ($0.value.elements?.count ?? 0) > 20 }),
  ConformanceCase("CLIENT HELP errors", "CLIENT HELP a"),
]
