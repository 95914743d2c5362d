import ConformanceSupport

private let listPayload =
  #""\x12\x01\x02\x10\x10\x00\x00\x00\x03\x00\x81a\x02\x01\x01\x82bc\x03\xff\n\x00\xc1\xd7U\x8b5x\x9a\xa8""#
private let sortedSetPayload =
  #""\x11\x14\x14\x00\x00\x00\x04\x00\x81a\x02\x831.5\x04\x81b\x02\x02\x01\xff\n\x00\xfa\x02\xb4%\xaf\x18\x87c""#
private let setPayload =
  #""\x0b\x0e\x02\x00\x00\x00\x03\x00\x00\x00\x01\x00\x02\x00\x03\x00\n\x00\xa5\x02\\\xe2mnM\x1b""#

/// DUMP and RESTORE. Payloads are those of redis-server.
let payloadCases: [ConformanceCase] = [
  ConformanceCase(
    "DUMP of strings",
    setup: ["SET text hello", "SET number -5", "SET word 70000", "SET long 123456789012", "SET empty \"\""],
    "DUMP text", "DUMP number", "DUMP word", "DUMP long", "DUMP empty", "DUMP absent"),
  ConformanceCase(
    "DUMP of collections",
    setup: ["RPUSH list a 1 bc", "HSET hash f v", "SADD integers 3 1 2", "ZADD zset 1.5 a 2 b", "SADD set x"],
    "DUMP list", "DUMP hash", "DUMP integers", "DUMP zset", "DUMP set"),
  ConformanceCase(
    "DUMP of numbers", setup: ["RPUSH list 0 127 128 -1 -4096 4096 32768 8388608 2147483648", "SADD set 1 70000 -5"],
    "DUMP list", "DUMP set", "OBJECT FREQ list"),
  ConformanceCase("DUMP errors", "DUMP", "DUMP a b"),
  ConformanceCase(
    "DUMP knows no expired key", setup: ["SET a 1 PXAT 1"], "DUMP a"),
  ConformanceCase(
    "RESTORE",
    #"RESTORE text 0 "\x00\x05hello\n\x00cr\xdfve4 \n""#, "GET text", "TTL text",
    Command(line: "RESTORE list 0 \(listPayload)"),
    "LRANGE list 0 -1", "OBJECT ENCODING list",
    #"RESTORE hash 0 "\x10\r\r\x00\x00\x00\x02\x00\x81f\x02\x81v\x02\xff\n\x00 \xf1=D#T\x08\x9d""#, "HGETALL hash",
    Command(line: "RESTORE set 0 \(setPayload)"),
    "SMEMBERS set", "OBJECT ENCODING set",
    Command(line: "RESTORE zset 0 \(sortedSetPayload)"),
    "ZRANGE zset 0 -1 WITHSCORES"),
  ConformanceCase(
    "RESTORE over a key", setup: ["SET a 1"], #"RESTORE a 0 "\x00\x05hello\n\x00cr\xdfve4 \n""#, "GET a",
    #"RESTORE a 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE"#, "GET a", #"RESTORE a 0 damaged"#,
    "RESTORE a 0 damaged replace"),
  ConformanceCase(
    "RESTORE with a time to live",
    #"RESTORE a 33177117420000 "\x00\x05hello\n\x00cr\xdfve4 \n" ABSTTL"#, "PEXPIRETIME a",
    #"RESTORE b 1 "\x00\x05hello\n\x00cr\xdfve4 \n" ABSTTL"#, "EXISTS b",
    #"RESTORE a 1 "\x00\x05hello\n\x00cr\xdfve4 \n" ABSTTL REPLACE"#, "EXISTS a"),
  ConformanceCase(
    "RESTORE with how a key was accessed",
    #"RESTORE a 0 "\x00\x05hello\n\x00cr\xdfve4 \n" IDLETIME 1000"#, "OBJECT IDLETIME a",
    #"RESTORE b 0 "\x00\x05hello\n\x00cr\xdfve4 \n" FREQ 100"#, "OBJECT FREQ b",
    #"RESTORE c 0 "\x00\x05hello\n\x00cr\xdfve4 \n" IDLETIME -1"#, #"RESTORE c 0 x IDLETIME x"#,
    "RESTORE c 0 x FREQ 256",
    "RESTORE c 0 x FREQ -1", "RESTORE c 0 x FREQ", "RESTORE c 0 x IDLETIME 1 FREQ 1",
    "RESTORE c 0 x FREQ 1 IDLETIME 1"),
  ConformanceCase(
    "RESTORE errors", "RESTORE", "RESTORE a", "RESTORE a 0", "RESTORE a x x", "RESTORE a -1 x", "RESTORE a 0 x FOO",
    "RESTORE a 0 \"\"", "RESTORE a 0 x",
    // Another checksum, and another version with the right one.
    #"RESTORE a 0 "\x00\x05hello\n\x00cr\xdfve4 \x0b""#, #"RESTORE a 0 "\x00\x05hello\xff\xffcr\xdfve4 \n""#,
    "EXISTS a"),
]
