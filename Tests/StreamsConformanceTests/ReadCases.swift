import ConformanceSupport

private let two: [Command] = ["XADD s 1 f 1", "XADD s 2 f 2", "XADD s 3 f 3", "XADD t 5 g 5", "XADD t 6 g 6"]
private let grouped: [Command] = two + ["XGROUP CREATE s g 0", "XGROUP CREATE t g 0"]

/// XREAD, XREADGROUP and XACK; what waits is in BlockingScripts.swift.
let readCases: [ConformanceCase] = [
  ConformanceCase(
    "XREAD", setup: two, "XREAD STREAMS s 0", "XREAD STREAMS s t 1 5", "XREAD COUNT 1 STREAMS s t 1 5",
    "XREAD COUNT 0 STREAMS s 0", "XREAD COUNT -1 STREAMS s 2", "XREAD STREAMS s 3", "XREAD STREAMS s t 3 5",
    "XREAD STREAMS absent 0", "XREAD STREAMS s $", "XREAD STREAMS s s 1 2", "xread count 1 streams s 0-0",
    "XREAD STREAMS s 18446744073709551615-18446744073709551615"),
  ConformanceCase(
    "XREAD errors", setup: two + ["SET string x"], "XREAD", "XREAD STREAMS s", "XREAD STREAMS s t 0",
    "XREAD COUNT STREAMS s 0", "XREAD COUNT x STREAMS s 0", "XREAD FOO STREAMS s 0", "XREAD STREAMS string 0",
    "XREAD STREAMS s x", "XREAD STREAMS s >", "XREAD GROUP g c STREAMS s >", "XREAD NOACK STREAMS s 0",
    "XREAD BLOCK x STREAMS s 0", "XREAD BLOCK -1 STREAMS s 0", "XREAD BLOCK 1.5 STREAMS s 0", "XREAD STREAMS s -",
    "XREAD COUNT 1 BLOCK 1", "XREAD BLOCK 1 STREAMS s $", "XREAD BLOCK 0 STREAMS s 0"),
  ConformanceCase(
    "XREAD after the last entry went", setup: two + ["XDEL s 3"], "XREAD STREAMS s 2", "XREAD STREAMS s 1",
    "XREAD STREAMS s $"),
  ConformanceCase(
    "XREAD + is newer than 7.0", setup: two, "XREAD STREAMS s +",
    comparing: .deviation(reason: "the last entry, as from Redis 7.4 on") { $0.description.contains("3-0") }),
  ConformanceCase(
    "XREADGROUP", setup: grouped, "XREADGROUP GROUP g c COUNT 1 STREAMS s >", "XREADGROUP GROUP g d STREAMS s >",
    "XREADGROUP GROUP g d STREAMS s >", "XREADGROUP GROUP g c STREAMS s 0", "XREADGROUP GROUP g d STREAMS s 0",
    "XREADGROUP GROUP g d STREAMS s 2", "XREADGROUP GROUP g d COUNT 1 STREAMS s 0", "XPENDING s g",
    "XREADGROUP GROUP g new STREAMS s 0", "XREADGROUP GROUP g none STREAMS s >", "XREADGROUP GROUP g c STREAMS s t > >",
    "XREADGROUP GROUP g c STREAMS s t 0 >", "XINFO GROUPS s", "XINFO GROUPS t"),
  ConformanceCase(
    "XREADGROUP NOACK", setup: grouped, "XREADGROUP GROUP g c NOACK COUNT 2 STREAMS s >", "XPENDING s g",
    "XREADGROUP GROUP g c NOACK STREAMS s 0", "XREADGROUP GROUP g c STREAMS s >", "XPENDING s g", "XINFO GROUPS s"),
  ConformanceCase(
    "XREADGROUP of entries that went", setup: grouped + ["XREADGROUP GROUP g c STREAMS s >", "XDEL s 2"],
    "XREADGROUP GROUP g c STREAMS s 0", "XREADGROUP GROUP g c COUNT 2 STREAMS s 1", "XACK s g 2",
    "XREADGROUP GROUP g c STREAMS s 0", "XINFO GROUPS s"),
  ConformanceCase(
    "XREADGROUP of entries that are pending already",
    setup: grouped + ["XREADGROUP GROUP g c STREAMS s >", "XGROUP SETID s g 1"], "XREADGROUP GROUP g d STREAMS s >",
    "XPENDING s g", "XREADGROUP GROUP g c STREAMS s 0", "XREADGROUP GROUP g d STREAMS s 0"),
  ConformanceCase(
    "XREADGROUP errors", setup: grouped + ["SET string x"], "XREADGROUP", "XREADGROUP GROUP g c STREAMS s",
    "XREADGROUP GROUP g c STREAMS s t >", "XREADGROUP STREAMS s s s > > >", "XREADGROUP GROUP x c STREAMS s >",
    "XREADGROUP GROUP g c STREAMS absent >", "XREADGROUP GROUP g c STREAMS string >",
    "XREADGROUP GROUP g c STREAMS s $",
    "XREADGROUP GROUP g c STREAMS s x", "XREADGROUP GROUP g c COUNT x STREAMS s >",
    "XREADGROUP GROUP g c FOO STREAMS s >",
    "XREADGROUP GROUP g c BLOCK x STREAMS s >", "XREADGROUP GROUP g STREAMS s > >",
    "XREADGROUP COUNT 1 STREAMS s t > >",
    "XREADGROUP GROUP g c BLOCK 1 STREAMS s >", "XREADGROUP GROUP g c BLOCK 1 STREAMS s >"),
  ConformanceCase(
    "XACK", setup: grouped + ["XREADGROUP GROUP g c STREAMS s >"], "XACK s g 1", "XACK s g 1 2 3 4", "XPENDING s g",
    "XACK absent g 1", "XACK s x 1", "XACK absent g x"),
  ConformanceCase(
    "XACK errors", setup: grouped + ["SET string x", "XREADGROUP GROUP g c STREAMS s >"], "XACK", "XACK s g",
    "XACK s g 1 x", "XPENDING s g", "XACK string g 1", "XACK s g -"),
]
