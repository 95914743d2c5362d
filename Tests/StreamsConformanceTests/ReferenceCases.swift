import ConformanceSupport

private let read: [Command] =
  (1...8).map { Command(["XADD", "s", "\($0)", "f", "v"]) } + [
    "XGROUP CREATE s g 0", "XGROUP CREATE s h 0", "XREADGROUP GROUP g c COUNT 5 STREAMS s >",
    "XREADGROUP GROUP h c COUNT 3 STREAMS s >",
  ]

/// A command that Redis 7.0 does not have, and the reply of 8.2.3 to it.
private func newer(_ name: String, _ command: Command, _ reply: String) -> ConformanceCase {
  newer(name, setup: read, command, [reply])
}

/// As `newer`, of a command and of one before it, whose reply is the other one.
private func newer(
  _ name: String, after first: Command, _ firstReply: String, _ command: Command, _ reply: String
) -> ConformanceCase {
  var test = newer(name, setup: read, command, [firstReply, reply])
  test.commands.insert(first, at: 0)
  return test
}

private func newer(
  _ name: String, setup: [Command], _ command: Command, _ replies: [String]
) -> ConformanceCase {
  ConformanceCase(
    name, setup: setup, command,
    comparing: .deviation(reason: "Redis 8.2 has it, Redis 7.0 does not; these are replies of 8.2.3") { reply in
      replies.contains { reply.raw == Array($0.utf8) }
    })
}

/// Redis 8.2.3 removes nothing in these; it is mended in 8.2.4 (redis/redis issue 14656). Nodes have four entries, of
/// which 2, 3 and 4 are acknowledged.
private func approximate(
  _ name: String, _ first: Command, _ firstReply: String, _ command: Command, _ reply: String
) -> ConformanceCase {
  let setup = small + ["XACK s h 2 3", "XACK s g 2 3 4", "XGROUP SETID s h 4"]
  var test = newer(name, setup: setup, command, [firstReply, reply])
  test.commands.insert(first, at: 0)
  return test
}

private let small: [Command] =
  ["CONFIG SET stream-node-max-entries 4"] + read + ["CONFIG SET stream-node-max-entries 100"]

private let alone = "-ERR syntax error, LIMIT cannot be used without specifying a trimming strategy\r\n"
private let fewArguments = "-ERR wrong number of arguments for 'xadd' command\r\n"
private let numbers = "-ERR The `numids` parameter must match the number of arguments\r\n"
private let notPositive = "-ERR Number of IDs must be a positive integer\r\n"
private let syntax = "-ERR syntax error\r\n"
private let invalid = "-ERR Invalid stream ID specified as stream command argument\r\n"
private let wrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"

/// XDELEX, XACKDEL, and what XTRIM and XADD do of groups' references.
let referenceCases: [ConformanceCase] = [
  newer("XDELEX", "XDELEX s IDS 2 1 99", "*2\r\n:1\r\n:-1\r\n"),
  newer("XDELEX KEEPREF", after: "XDELEX s KEEPREF IDS 1 1", "*1\r\n:1\r\n", "XACK s g 1", ":1\r\n"),
  newer("XDELEX DELREF", after: "XDELEX s DELREF IDS 1 2", "*1\r\n:1\r\n", "XACK s g 2", ":0\r\n"),
  newer("XDELEX ACKED", "XDELEX s ACKED IDS 3 3 5 7", "*3\r\n:2\r\n:2\r\n:2\r\n"),
  newer("XDELEX ACKED by one", after: "XACK s g 3", ":1\r\n", "XDELEX s ACKED IDS 1 3", "*1\r\n:2\r\n"),
  newer(
    "XDELEX ACKED by both", setup: read + ["XACK s g 3", "XACK s h 3"], "XDELEX s ACKED IDS 2 3 3",
    ["*2\r\n:1\r\n:-1\r\n"]),
  newer("XDELEX of what is gone", setup: read + ["XDEL s 1"], "XDELEX s DELREF IDS 1 1", ["*1\r\n:-1\r\n"]),
  newer("XDELEX without a key", "XDELEX absent IDS 2 1 x", "*2\r\n:-1\r\n:-1\r\n"),
  newer("XDELEX with options behind", "XDELEX s IDS 1 1 ACKED", "*1\r\n:2\r\n"),
  newer("XDELEX with two lists", "XDELEX s IDS 1 1 IDS 1 4", "*1\r\n:1\r\n"),
  newer("XDELEX: too few", "XDELEX s IDS 2 1", numbers),
  newer("XDELEX: too many", "XDELEX s IDS 1 1 2", syntax),
  newer("XDELEX: no number", "XDELEX s IDS x 1", notPositive),
  newer("XDELEX: a negative number", "XDELEX s IDS -1 1", notPositive),
  newer("XDELEX: a policy that is none", "XDELEX s FOO IDS 1 1", syntax),
  newer("XDELEX: two policies", "XDELEX s KEEPREF ACKED IDS 1 1", syntax),
  newer("XDELEX: no list", "XDELEX s 1 2 3", syntax),
  newer("XDELEX: no identifier", "XDELEX s IDS 1 x", invalid),
  newer("XDELEX: another type", setup: ["SET string x"], "XDELEX string IDS 1 x", [wrongType]),

  newer("XACKDEL", after: "XACKDEL s g IDS 2 4 9", "*2\r\n:1\r\n:-1\r\n", "XLEN s", ":7\r\n"),
  newer("XACKDEL ACKED", "XACKDEL s g ACKED IDS 2 5 1", "*2\r\n:2\r\n:2\r\n"),
  newer(
    "XACKDEL ACKED by both", after: "XACKDEL s g ACKED IDS 1 1", "*1\r\n:2\r\n", "XACKDEL s h ACKED IDS 1 1",
    "*1\r\n:1\r\n"),
  newer("XACKDEL DELREF", after: "XACKDEL s g DELREF IDS 1 2", "*1\r\n:1\r\n", "XACK s h 2", ":0\r\n"),
  newer("XACKDEL KEEPREF", after: "XACKDEL s g KEEPREF IDS 1 2", "*1\r\n:1\r\n", "XACK s h 2", ":1\r\n"),
  newer("XACKDEL without a key", "XACKDEL absent g IDS 1 1", "*1\r\n:-1\r\n"),
  newer("XACKDEL without a group", "XACKDEL s x IDS 2 1 2", "*2\r\n:-1\r\n:-1\r\n"),
  newer("XACKDEL: no identifier", "XACKDEL s g IDS 1 x", invalid),
  newer("XACKDEL: too few", "XACKDEL s g IDS 2 1", numbers),
  newer("XACKDEL: another type", setup: ["SET string x"], "XACKDEL string g IDS 1 1", [wrongType]),

  newer("XTRIM KEEPREF", after: "XTRIM s KEEPREF MAXLEN 3", ":5\r\n", "XACK s g 1 2 3 4 5", ":5\r\n"),
  newer("XTRIM DELREF", after: "XTRIM s MAXLEN 4 DELREF", ":4\r\n", "XACK s g 1 2 3 4 5", ":1\r\n"),
  newer("XTRIM DELREF of a node", after: "XTRIM s DELREF MAXLEN 0", ":8\r\n", "XACK s g 1 2 3 4 5", ":0\r\n"),
  newer("XTRIM ACKED of what is referenced", "XTRIM s MAXLEN 3 ACKED", ":0\r\n"),
  newer(
    "XTRIM ACKED passes over what is referenced", setup: read + ["XACK s g 2 3", "XACK s h 2 3"],
    "XTRIM s ACKED MAXLEN 3", [":2\r\n"]),
  newer(
    "XTRIM ACKED as far as wanted", setup: read + ["XACK s g 1 2 3", "XACK s h 1 2 3"], "XTRIM s ACKED MAXLEN 6",
    [":2\r\n"]),
  newer(
    "XTRIM ACKED by identifiers", setup: read + ["XACK s g 1 2 3", "XACK s h 1 2 3"], "XTRIM s MINID 3 ACKED",
    [":2\r\n"]),
  newer(
    "XTRIM ACKED in several nodes",
    setup: small + ["XACK s g 2 4 5", "XREADGROUP GROUP h d STREAMS s >", "XACK s h 2 5"], "XTRIM s MINID 7 ACKED",
    [":2\r\n"]),
  newer("XTRIM ACKED without groups", setup: ["XADD s 1 f v", "XADD s 2 f v"], "XTRIM s ACKED MAXLEN 1", [":1\r\n"]),
  newer("XTRIM: two policies", "XTRIM s KEEPREF MAXLEN 3 DELREF", syntax),
  newer("XTRIM: the same policy twice", "XTRIM s ACKED ACKED", syntax),
  newer("XTRIM: a policy and LIMIT alone", "XTRIM s KEEPREF LIMIT 5", alone),
  newer("XTRIM ACKED of what is not there", "XTRIM absent ACKED MAXLEN 3", ":0\r\n"),
  newer("XADD DELREF", after: "XADD s DELREF MAXLEN 4 9 f v", "$3\r\n9-0\r\n", "XACK s g 1 2 3 4 5", ":0\r\n"),
  newer("XADD ACKED", after: "XADD s MAXLEN 4 ACKED 9 f v", "$3\r\n9-0\r\n", "XLEN s", ":9\r\n"),
  newer("XADD KEEPREF without trimming", after: "XADD s keepref 9 f v", "$3\r\n9-0\r\n", "XLEN s", ":9\r\n"),
  newer("XADD: two policies", "XADD s KEEPREF MAXLEN 3 ACKED 10 f v", invalid),
  newer("XADD: a policy and no fields", "XADD s MAXLEN 1 KEEPREF", fewArguments),
  approximate("XTRIM ~ DELREF", "XTRIM s MAXLEN ~ 3 DELREF", ":4\r\n", "XACK s g 1 2 3 4 5", ":1\r\n"),
  approximate("XTRIM ~ ACKED", "XTRIM s MAXLEN ~ 3 ACKED", ":3\r\n", "XLEN s", ":5\r\n"),
  approximate("XTRIM ~ ACKED by identifiers", "XTRIM s ACKED MINID ~ 6", ":3\r\n", "XLEN s", ":5\r\n"),
  approximate("XTRIM ~ ACKED with a limit", "XTRIM s ACKED MAXLEN ~ 3 LIMIT 3", ":0\r\n", "XLEN s", ":8\r\n"),
]
