import ConformanceSupport

private let four: [Command] = ["XADD s 1 f 1", "XADD s 2 f 2", "XADD s 3 f 3", "XADD s 4 f 4"]

/// XGROUP.
let groupCases: [ConformanceCase] = [
  ConformanceCase(
    "XGROUP CREATE", setup: four, "XGROUP CREATE s a 0", "XGROUP CREATE s b $", "XGROUP CREATE s c 2",
    "XGROUP CREATE s d 2-5 ENTRIESREAD 2", "XGROUP CREATE s e 0 ENTRIESREAD -1", "XGROUP CREATE s a 0",
    "XGROUP CREATE absent a $ MKSTREAM", "XGROUP CREATE s f 0 MKSTREAM ENTRIESREAD 3", "XINFO GROUPS s",
    "XINFO GROUPS absent", "XLEN absent", "TYPE absent", "XINFO STREAM absent"),
  ConformanceCase(
    "XGROUP CREATE errors", setup: four + ["SET string x"], "XGROUP", "XGROUP CREATE", "XGROUP CREATE s a",
    "XGROUP CREATE absent a $", "XGROUP CREATE s a x", "XGROUP CREATE s a -", "XGROUP CREATE s a 0 FOO",
    "XGROUP CREATE s a 0 ENTRIESREAD", "XGROUP CREATE s a 0 ENTRIESREAD x", "XGROUP CREATE s a 0 ENTRIESREAD -2",
    "XGROUP CREATE string a 0", "XGROUP CREATE s a 0 MKSTREAM MKSTREAM MKSTREAM MKSTREAM",
    "XGROUP CREATE absent a x MKSTREAM", "EXISTS absent", "XGROUP FOO s a"),
  ConformanceCase(
    "XGROUP SETID", setup: four + ["XGROUP CREATE s g 0"], "XGROUP SETID s g 2", "XINFO GROUPS s",
    "XGROUP SETID s g $ ENTRIESREAD 4", "XINFO GROUPS s", "XGROUP SETID s g - ENTRIESREAD -1", "XGROUP SETID s g +",
    "XINFO GROUPS s", "XGROUP SETID s g", "XGROUP SETID s x 0", "XGROUP SETID absent g 0", "XGROUP SETID s g x",
    "XGROUP SETID s g 0 MKSTREAM", "XGROUP SETID s g 0 ENTRIESREAD"),
  ConformanceCase(
    "XGROUP DESTROY", setup: four + ["XGROUP CREATE s g 0", "XREADGROUP GROUP g c STREAMS s >"], "XGROUP DESTROY s g",
    "XGROUP DESTROY s g", "XGROUP DESTROY absent g", "XGROUP DESTROY s", "XPENDING s g", "XINFO GROUPS s"),
  ConformanceCase(
    "XGROUP CREATECONSUMER and DELCONSUMER", setup: four + ["XGROUP CREATE s g 0"], "XGROUP CREATECONSUMER s g c",
    "XGROUP CREATECONSUMER s g c", "XGROUP CREATECONSUMER s g b", "XREADGROUP GROUP g c COUNT 3 STREAMS s >",
    "XREADGROUP GROUP g b STREAMS s >", "XPENDING s g", "XGROUP DELCONSUMER s g c", "XGROUP DELCONSUMER s g c",
    "XPENDING s g", "XGROUP CREATECONSUMER s g c", "XINFO GROUPS s", "XREADGROUP GROUP g c STREAMS s 0",
    "XGROUP CREATECONSUMER s x c", "XGROUP CREATECONSUMER absent g c", "XGROUP CREATECONSUMER s g",
    "XGROUP DELCONSUMER s x c", "XGROUP DELCONSUMER absent g c", "XGROUP DELCONSUMER s g"),
  ConformanceCase("XGROUP HELP", "XGROUP HELP", "XGROUP HELP x", "XGROUP FOO"),
  ConformanceCase(
    "Lag of groups", setup: four + ["XGROUP CREATE s g 0"], "XINFO GROUPS s",
    "XREADGROUP GROUP g c COUNT 2 STREAMS s >",
    "XINFO GROUPS s", "XDEL s 3", "XINFO GROUPS s", "XREADGROUP GROUP g c COUNT 1 STREAMS s >", "XINFO GROUPS s",
    "XADD s 5 f v", "XINFO GROUPS s", "XREADGROUP GROUP g c STREAMS s >", "XINFO GROUPS s", "XTRIM s MAXLEN 1",
    "XGROUP SETID s g 0", "XINFO GROUPS s", "XGROUP SETID s g 5", "XINFO GROUPS s", "XGROUP SETID s g 9",
    "XINFO GROUPS s", "XTRIM s MAXLEN 0", "XINFO GROUPS s", "XGROUP SETID s g 1", "XINFO GROUPS s", "XADD s 6 f v",
    "XINFO GROUPS s", "XGROUP SETID s g 6", "XINFO GROUPS s", "XGROUP SETID s g 1 ENTRIESREAD 3", "XINFO GROUPS s"),
]

private let pending: [Command] =
  four + ["XGROUP CREATE s g 0", "XREADGROUP GROUP g a COUNT 2 STREAMS s >", "XREADGROUP GROUP g b STREAMS s >"]

/// XPENDING, XCLAIM and XAUTOCLAIM.
let claimCases: [ConformanceCase] = [
  ConformanceCase(
    "XPENDING", setup: pending, "XPENDING s g", "XPENDING s g - + 0", "XPENDING s g 9 + 10", "XPENDING s g - + -1",
    "XPENDING s g - + 10 absent", "XPENDING s g IDLE 1000000 - + 10", "XPENDING s g (4 + 10", "XPENDING s g + - 10"),
  ConformanceCase(
    "XPENDING of entries", setup: pending, "XPENDING s g - + 10", "XPENDING s g - + 1", "XPENDING s g - + 10 a",
    "XPENDING s g 2 3 10", "XPENDING s g (2 (4 10", "XPENDING s g IDLE 0 - + 10 b", comparing: .typeOnly),
  ConformanceCase(
    "XPENDING errors", setup: pending + ["SET string x"], "XPENDING", "XPENDING s", "XPENDING s x", "XPENDING absent g",
    "XPENDING string g", "XPENDING s g -", "XPENDING s g - +", "XPENDING s g - + x", "XPENDING s g x + 1",
    "XPENDING s g - x 1", "XPENDING s g IDLE", "XPENDING s g IDLE 5 - +", "XPENDING s g IDLE x - + 1",
    "XPENDING s g IDLE 1 - + 1 a b", "XPENDING s g (18446744073709551615-18446744073709551615 + 1",
    "XPENDING s g - (0 1"),
  ConformanceCase(
    "XCLAIM", setup: pending, "XCLAIM s g c 0 1", "XCLAIM s g c 0 1 2 3 JUSTID", "XPENDING s g",
    "XCLAIM s g d 100000 1",
    "XINFO GROUPS s", "XCLAIM s g c 0 9", "XCLAIM s g b -1 1 IDLE 5 RETRYCOUNT 7", "XREADGROUP GROUP g b STREAMS s 0",
    "XCLAIM s g b 0 JUSTID", "XCLAIM s g b 0 1 1 1 TIME 1", "XCLAIM s g b 0 1 TIME -5 RETRYCOUNT -1",
    "XCLAIM s g b 0 1 LASTID 99", "XINFO GROUPS s"),
  ConformanceCase(
    "XCLAIM FORCE", setup: pending + ["XACK s g 1 2", "XDEL s 2"], "XCLAIM s g c 0 1 2 FORCE", "XPENDING s g",
    "XCLAIM s g c 0 9 FORCE", "XDEL s 3", "XCLAIM s g c 0 3", "XPENDING s g", "XCLAIM s g c 100000 1 FORCE JUSTID"),
  ConformanceCase(
    "XCLAIM errors", setup: pending + ["SET string x"], "XCLAIM", "XCLAIM s g c 0", "XCLAIM s g c x 1",
    "XCLAIM s x c 0 1", "XCLAIM absent g c 0 1", "XCLAIM string g c 0 1", "XCLAIM s g c 0 1 FOO",
    "XCLAIM s g c 0 1 IDLE",
    "XCLAIM s g c 0 1 IDLE x", "XCLAIM s g c 0 1 TIME x", "XCLAIM s g c 0 1 RETRYCOUNT x", "XCLAIM s g c 0 1 LASTID x",
    "XCLAIM s g c 0 x", "XCLAIM s g c 0 1 FORCE 2", "XPENDING s g"),
  ConformanceCase(
    "XAUTOCLAIM", setup: pending, "XAUTOCLAIM s g c 0 0 COUNT 1", "XAUTOCLAIM s g c 0 2 COUNT 2 JUSTID", "XPENDING s g",
    "XAUTOCLAIM s g c 0 -", "XAUTOCLAIM s g d 1000000 0", "XINFO GROUPS s", "XAUTOCLAIM s g c 0 (2 JUSTID",
    "XAUTOCLAIM s g c 0 9", "XREADGROUP GROUP g c STREAMS s 0"),
  ConformanceCase(
    "XAUTOCLAIM of entries that went", setup: pending + ["XDEL s 1 3"], "XAUTOCLAIM s g c 0 0 COUNT 1",
    "XAUTOCLAIM s g c 0 0 COUNT 2", "XAUTOCLAIM s g c 0 0", "XPENDING s g"),
  ConformanceCase(
    "XAUTOCLAIM of many", setup: ["XGROUP CREATE s g $ MKSTREAM"]
      + (1...60).map { Command(["XADD", "s", "\($0)-0", "f", "v"]) } + ["XREADGROUP GROUP g a STREAMS s >"],
    "XAUTOCLAIM s g b 100000 0 COUNT 2", "XAUTOCLAIM s g b 100000 0 COUNT 5", "XAUTOCLAIM s g b 0 50 COUNT 5 JUSTID"),
  ConformanceCase(
    "XAUTOCLAIM errors", setup: pending + ["SET string x"], "XAUTOCLAIM", "XAUTOCLAIM s g c 0", "XAUTOCLAIM s g c x 0",
    "XAUTOCLAIM s x c 0 0", "XAUTOCLAIM absent g c 0 0", "XAUTOCLAIM string g c 0 0", "XAUTOCLAIM s g c 0 x",
    "XAUTOCLAIM s g c 0 0 FOO", "XAUTOCLAIM s g c 0 0 COUNT", "XAUTOCLAIM s g c 0 0 COUNT 0",
    "XAUTOCLAIM s g c 0 0 COUNT x",
    "XAUTOCLAIM s g c 0 0 COUNT 9223372036854775807", "XAUTOCLAIM s g c 0 (18446744073709551615-18446744073709551615"),
]

/// XINFO.
let infoCases: [ConformanceCase] = [
  ConformanceCase(
    "XINFO STREAM", setup: pending, "XINFO STREAM s", "XINFO STREAM absent", "XINFO STREAM s FOO",
    "XINFO STREAM s FULL COUNT", "XINFO STREAM s FULL FOO 1", "XINFO STREAM s FULL COUNT x", "XINFO STREAM", "XINFO",
    "XINFO FOO", "XINFO STREAM s FULL COUNT 1 2"),
  ConformanceCase(
    "XINFO STREAM FULL without consumers", setup: four + ["XGROUP CREATE s g 2", "XGROUP CREATE s h $"],
    "XINFO STREAM s FULL", "XINFO STREAM s FULL COUNT 1", "XINFO STREAM s FULL COUNT 0",
    "XINFO STREAM s full count -1"),
  ConformanceCase(
    "XINFO STREAM FULL", setup: pending, "XINFO STREAM s FULL", "XINFO STREAM s FULL COUNT 1", comparing: .typeOnly),
  ConformanceCase(
    "XINFO STREAM of long entries",
    setup: (0..<150).map { Command(["XADD", "s", "\($0 * $0 * 1000)-\($0 + 1)", "f", String(repeating: "x",
    count: 500)]) },
    "XINFO STREAM s"),
  ConformanceCase("XINFO GROUPS", setup: pending, "XINFO GROUPS s", "XINFO GROUPS absent", "XINFO GROUPS"),
  ConformanceCase("XINFO CONSUMERS", setup: pending, "XINFO CONSUMERS s g", comparing: .typeOnly),
  ConformanceCase(
    "XINFO CONSUMERS errors", setup: pending + ["SET string x", "XGROUP CREATE s h 0"], "XINFO CONSUMERS s h",
    "XINFO CONSUMERS s x", "XINFO CONSUMERS absent g", "XINFO CONSUMERS string g", "XINFO CONSUMERS s",
    "XINFO GROUPS string", "XINFO STREAM string"),
  ConformanceCase("XINFO HELP", "XINFO HELP", "XINFO HELP x"),
]
