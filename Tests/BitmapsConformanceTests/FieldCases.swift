import ConformanceSupport

/// BITFIELD and BITFIELD_RO.
let fieldCases: [ConformanceCase] = [
  ConformanceCase(
    "BITFIELD", "BITFIELD key SET i8 0 -100 SET i8 8 101", "BITFIELD key GET i8 0 GET u8 0 GET i8 8 GET i16 0",
    "GET key",
    "BITFIELD key GET u1 0 GET u2 1 GET i3 5 GET u12 3", "BITFIELD key", "BITFIELD absent", "EXISTS absent"),
  ConformanceCase(
    "BITFIELD GET past the end", setup: ["SET key \"\\xff\\xff\""], "BITFIELD key GET u8 12 GET i8 12 GET u8 16",
    "BITFIELD key GET i64 0 GET u63 1 GET u8 100000", "BITFIELD absent GET u8 0 GET i64 17", "EXISTS absent",
    "STRLEN key"),
  ConformanceCase(
    "BITFIELD with fields of a number", "BITFIELD key SET u8 #0 65 SET u8 #1 66 SET u8 #2 67", "GET key",
    "BITFIELD key GET u8 #1 GET u4 #4 GET i5 #3 INCRBY u8 #2 1", "GET key"),
  ConformanceCase(
    "BITFIELD across bytes", "BITFIELD key SET u17 5 131071 SET i64 13 -2", "GET key",
    "BITFIELD key GET u17 5 GET i64 13 GET u63 14 SET i64 7 1311768467463790320 GET i64 7", "GET key",
    "BITFIELD key SET u63 1 9223372036854775807 GET u63 1 GET u63 2 GET i64 1"),
  ConformanceCase(
    "BITFIELD INCRBY wraps", setup: ["SET key \"\\xff\\x7f\""], "BITFIELD key INCRBY u8 0 1",
    "BITFIELD key INCRBY i8 8 1",
    "BITFIELD key INCRBY i8 8 -1", "BITFIELD key INCRBY u8 0 -1", "BITFIELD key INCRBY u8 0 1000",
    "BITFIELD key INCRBY u2 0 -9",
    "BITFIELD key OVERFLOW WRAP INCRBY i4 4 100", "GET key"),
  ConformanceCase(
    "BITFIELD OVERFLOW SAT",
    "BITFIELD key OVERFLOW SAT INCRBY u8 0 300 INCRBY i8 8 -300 INCRBY i8 16 300 INCRBY u8 0 -999",
    "GET key", "BITFIELD key OVERFLOW SAT SET u8 0 256 SET i8 8 200 SET i8 16 -200 SET u8 24 -1 SET u63 32 -1",
    "GET key",
    "BITFIELD key OVERFLOW SAT INCRBY i64 0 9223372036854775807 INCRBY i64 0 9223372036854775807",
    "BITFIELD key OVERFLOW SAT INCRBY i64 0 -9223372036854775808 INCRBY i64 0 -9223372036854775808 GET i64 0"),
  ConformanceCase(
    "BITFIELD OVERFLOW SAT of the lowest numbers",
    "BITFIELD key OVERFLOW SAT SET i8 0 -9223372036854775681 SET i8 8 -9223372036854775680",
    "BITFIELD key OVERFLOW SAT SET i8 0 -9223372036854775682 SET i1 16 -9223372036854775807",
    "BITFIELD key OVERFLOW SAT SET i1 16 -9223372036854775808 SET i63 24 -9223372036854775808",
    "BITFIELD key OVERFLOW SAT SET i64 88 -9223372036854775808",
    "BITFIELD key OVERFLOW SAT SET u8 0 -9223372036854775808 INCRBY i8 8 -9223372036854775808", "GET key",
    "BITFIELD key OVERFLOW FAIL SET i8 0 -9223372036854775808 OVERFLOW WRAP SET i8 8 -9223372036854775807", "GET key"),
  ConformanceCase(
    "BITFIELD OVERFLOW FAIL", setup: ["SET key \"\\xff\\x7f\\x00\""],
    "BITFIELD key OVERFLOW FAIL INCRBY u8 0 1 INCRBY i8 8 1 INCRBY u8 16 -1 INCRBY u8 16 5", "GET key",
    "BITFIELD key OVERFLOW FAIL SET u8 0 256 SET i8 8 -129 SET u4 0 15 SET u63 0 -1", "GET key",
    "BITFIELD key OVERFLOW FAIL INCRBY i64 0 9223372036854775807"),
  ConformanceCase(
    "BITFIELD with several kinds of overflow",
    "BITFIELD key INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1",
    "BITFIELD key INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1",
    "BITFIELD key INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1",
    "BITFIELD key INCRBY u2 100 1 overflow sat INCRBY u2 102 1",
    "BITFIELD key OVERFLOW FAIL OVERFLOW SAT INCRBY u2 102 1 OVERFLOW WRAP INCRBY u2 102 1",
    "BITFIELD key OVERFLOW FAIL",
    "GET key"),
  ConformanceCase(
    "BITFIELD SET of numbers too large", "BITFIELD key SET u8 0 257 SET i8 8 255 SET i1 16 1 SET u1 17 3", "GET key",
    "BITFIELD key SET i64 0 -9223372036854775808 SET u63 0 -1", "GET key"),
  ConformanceCase(
    "BITFIELD INCRBY at 64 bits", "BITFIELD key SET i64 0 9223372036854775807 INCRBY i64 0 1",
    "BITFIELD key INCRBY i64 0 -1 GET i64 0", "BITFIELD key SET u63 0 9223372036854775807 INCRBY u63 0 1",
    "BITFIELD key INCRBY u63 0 -1 INCRBY u63 0 -9223372036854775808",
    "BITFIELD key OVERFLOW FAIL INCRBY i64 0 9223372036854775807 INCRBY i64 0 9223372036854775807"),
  ConformanceCase(
    "BITFIELD that changes nothing", setup: ["SET key a"], "BITFIELD key SET u8 0 97 INCRBY u4 0 0", "GET key",
    "BITFIELD key SET u8 8 0", "GET key", "OBJECT ENCODING key"),
  ConformanceCase(
    // Redis makes the string longer and tells neither its files nor watchers.
    "BITFIELD that fails and extends", setup: ["SET key a"], "BITFIELD key OVERFLOW FAIL SET u8 16 256", "STRLEN key",
    "BITFIELD new OVERFLOW FAIL INCRBY u8 0 300", "GET new", isPersistent: false),
  ConformanceCase(
    "BITFIELD of a number", setup: ["SET key 100"], "BITFIELD key GET u8 0", "OBJECT ENCODING key",
    "BITFIELD key INCRBY u8 0 1", "GET key", "OBJECT ENCODING key"),
  ConformanceCase(
    "BITFIELD keeps the time to live", setup: ["SET key v EXAT 33177117420"], "BITFIELD key SET u8 0 1",
    "EXPIRETIME key"),
  ConformanceCase(
    "BITFIELD types", "BITFIELD key GET u0 0", "BITFIELD key GET u64 0", "BITFIELD key GET i65 0",
    "BITFIELD key GET i0 0",
    "BITFIELD key GET U8 0", "BITFIELD key GET x8 0", "BITFIELD key GET u 0", "BITFIELD key GET u-1 0",
    "BITFIELD key GET u08 0", "BITFIELD key GET \"\" 0", "BITFIELD key GET i64 0 GET u63 0 GET i1 0",
    "BITFIELD key GET 8 0"),
  ConformanceCase(
    "BITFIELD offsets", "BITFIELD key GET u8 -1", "BITFIELD key GET u8 abc", "BITFIELD key GET u8 4294967296",
    "BITFIELD key GET u8 #536870912", "BITFIELD key GET u8 #-1", "BITFIELD key GET u8 #", "BITFIELD key GET u8 #a",
    "BITFIELD key GET u8 ##1", "BITFIELD key GET u8 9223372036854775807", "BITFIELD key GET u8 #9223372036854775807",
    "BITFIELD key GET u8 4294967295", "BITFIELD key GET i64 #67108863", "EXISTS key"),
  ConformanceCase(
    "BITFIELD with an offset that overflows", "BITFIELD key GET u8 #2305843009213693952",
    comparing: .deviation(reason: "the product is no offset, of which Redis takes the lower 64 bits") {
      $0.value.isError
    }),
  ConformanceCase(
    "BITFIELD errors", setup: ["RPUSH list a"], "BITFIELD", "BITFIELD key FOO", "BITFIELD key GET",
    "BITFIELD key GET u8",
    "BITFIELD key SET u8 0", "BITFIELD key INCRBY u8 0", "BITFIELD key OVERFLOW", "BITFIELD key OVERFLOW foo",
    "BITFIELD key OVERFLOW foo SET u8 0 1", "BITFIELD key SET u8 0 a", "BITFIELD key INCRBY u8 0 1.5",
    "BITFIELD key SET u8 0 1 GET u8", "BITFIELD key SET u8 0 1 FOO", "EXISTS key", "BITFIELD list GET u8 0",
    "BITFIELD list SET u8 0 1", "BITFIELD list", "BITFIELD list FOO", "BITFIELD key SET u8 0 9223372036854775808"),
  ConformanceCase(
    "keys of BITFIELD", "COMMAND GETKEYSANDFLAGS BITFIELD key GET u8 0", "COMMAND GETKEYSANDFLAGS BITFIELD key",
    "COMMAND GETKEYSANDFLAGS BITFIELD key GET u8 0 SET u8 0 1", "COMMAND GETKEYSANDFLAGS BITFIELD key GET u8",
    "COMMAND GETKEYSANDFLAGS BITFIELD key OVERFLOW FAIL", "COMMAND GETKEYSANDFLAGS BITFIELD_RO key GET u8 0"),

  ConformanceCase(
    "BITFIELD_RO", setup: ["SET key \"\\x12\\x34\\xff\""], "BITFIELD_RO key GET u8 0 GET i8 16 GET u12 4",
    "BITFIELD_RO key", "BITFIELD_RO absent GET u8 0 GET i64 100"),
  ConformanceCase(
    "BITFIELD_RO of a number", setup: ["SET key 17"], "BITFIELD_RO key GET u8 0 GET u8 #1 GET u8 #2"),
  ConformanceCase(
    "BITFIELD_RO does not write", setup: ["SET key a"], "BITFIELD_RO key SET u8 0 1", "BITFIELD_RO key INCRBY u8 0 1",
    "BITFIELD_RO key GET u8 0 SET u8 0 1", "BITFIELD_RO key OVERFLOW SAT GET u8 0", "BITFIELD_RO key OVERFLOW foo",
    "BITFIELD_RO key SET u8 0 a", "GET key"),
  ConformanceCase(
    "BITFIELD_RO errors", setup: ["RPUSH list a"], "BITFIELD_RO", "BITFIELD_RO key FOO", "BITFIELD_RO key GET u8",
    "BITFIELD_RO key GET x8 0", "BITFIELD_RO key GET u8 -1", "BITFIELD_RO list GET u8 0", "BITFIELD_RO list SET u8 0 1")
]
