import ConformanceSupport

private let relative = ["EXPIRE", "PEXPIRE"]
private let absolute = ["EXPIREAT", "PEXPIREAT"]

/// EXPIRE and its relatives, TTL and its relatives, PERSIST.
let expireCases: [ConformanceCase] =
  relative.map { name in
    ConformanceCase(
      "\(name) sets", setup: ["SET a 1"], Command([name, "a", "100000"]), "TTL a", Command([name, "a", "200000"]),
      "TTL a", Command([name, "x", "100000"]), comparing: .number(tolerance: 1))
  }
  + (relative + absolute).flatMap { name in
    [
      ConformanceCase(
        "\(name) in the past deletes", setup: ["MSET a 1 b 2 c 3"], Command([name, "a", "-1"]), "EXISTS a",
        Command([name, "b", "-9223372036854775"]), "EXISTS b", Command([name, "c", "-1", "LT"]), "EXISTS c",
        Command([name, "c", "-1"])),
      ConformanceCase(
        "\(name) with conditions on a key without", setup: ["SET a 1"], Command([name, "a", "33177117420", "XX"]),
        Command([name, "a", "33177117420", "GT"]), "TTL a", Command([name, "a", "33177117420", "LT"]),
        Command([name, "b", "33177117420", "NX"]), "PERSIST a", Command([name, "a", "33177117420", "nx"]), "PERSIST a"),
      ConformanceCase(
        "\(name) with conditions on a key with", setup: ["SET a 1 PXAT 33177117420000"],
        Command([name, "a", "1", "NX"]), Command([name, "a", "1", "GT"]), "PEXPIRETIME a",
        Command([name, "a", "9000000000000000", "LT"]), "PEXPIRETIME a", Command([name, "a", "9000000000000", "gt"]),
        Command([name, "a", "9000000000001", "XX", "GT"]), Command([name, "a", "9000000000", "XX", "lt"]),
        Command([name, "a", "5000000", "LT", "LT"]), "PERSIST a"),
      ConformanceCase(
        "\(name) errors", setup: ["SET a 1"], Command([name]), Command([name, "a"]), Command([name, "a", "x"]),
        Command([name, "a", "1.5"]), Command([name, "a", "1", "FOO"]), Command([name, "a", "x", "FOO"]),
        Command([name, "a", "1", "NX", "XX"]), Command([name, "a", "1", "NX", "GT"]),
        Command([name, "a", "1", "NX", "LT"]), Command([name, "a", "1", "GT", "LT"]),
        Command([name, "a", "9223372036854775808"]), Command([name, "a", "1", "NX", "XX", "FOO"]), "TTL a"),
      ConformanceCase(
        "\(name) out of range", setup: ["SET a 1"], Command([name, "a", "9223372036854775807"]), "PERSIST a",
        Command([name, "b", "9223372036854775807"]), Command([name, "b", "9223372036854776"]),
        Command([name, "b", "-9223372036854775808"]), Command([name, "b", "-9223372036854776"])),
    ]
  }
  + [
    ConformanceCase(
      "EXPIREAT and EXPIRETIME", setup: ["SET a 1"], "EXPIREAT a 33177117420", "EXPIRETIME a", "PEXPIRETIME a",
      "EXPIREAT a 33177117421", "EXPIRETIME a", "GET a"),
    ConformanceCase(
      "PEXPIREAT and PEXPIRETIME", setup: ["SET a 1"], "PEXPIREAT a 33177117420499", "EXPIRETIME a", "PEXPIRETIME a",
      "PEXPIREAT a 33177117420500", "EXPIRETIME a", "PEXPIREAT a 9223372036854775807", "EXPIRETIME a",
      "PEXPIRETIME a"),
    ConformanceCase("a time to live moves the value of every encoding", setup: [
      "SET int 1", "SET short v", "SETRANGE long 5000 x", "APPEND short w",
    ],
      "EXPIREAT int 33177117420", "EXPIREAT short 33177117420", "EXPIREAT long 33177117420", "MGET int short",
      "STRLEN long", "PERSIST int", "PERSIST short", "PERSIST long", "MGET int short", "STRLEN long"),
    ConformanceCase(
      "TTL", setup: ["SET a 1", "SET b 2 EX 100"], "TTL a", "TTL b", "TTL x", comparing: .number(tolerance: 1)),
    ConformanceCase("TTL errors", "TTL", "TTL a b", "PTTL", "PTTL a b", "EXPIRETIME", "PEXPIRETIME", "PERSIST"),
    ConformanceCase("PTTL without", setup: ["SET a 1"], "PTTL a", "PTTL x", "EXPIRETIME a", "EXPIRETIME x"),
    ConformanceCase("PEXPIRETIME without", setup: ["SET a 1"], "PEXPIRETIME a", "PEXPIRETIME x"),
    ConformanceCase(
      "PTTL", setup: ["SET a 1 PX 100000"], "PTTL a", comparing: .number(tolerance: 1000)),
    ConformanceCase(
      "PERSIST", setup: ["SET a 1 EX 100"], "PERSIST a", "TTL a", "PERSIST a", "PERSIST x", "GET a"),
    ConformanceCase("an expired key is not there", setup: ["SET a 1 PXAT 1"], "TTL a", "GET a", "PERSIST a"),
  ]
