import ConformanceSupport

/// A list, a set, and what patterns lead to.
private let some: [Command] = [
  "RPUSH l 3 10 2 1 -5 2", "SADD s 3 10 2 1", "RPUSH w pear apple fig 10 9", "SET x x", "HSET h f 1",
  "MSET w_1 30 w_2 20 w_3 10 w_10 5", "MSET n_1 one n_2 two n_3 three n_10 ten", "HSET h_1 f 9 g a",
    "HSET h_2 f 8 g b",
  "HSET h_3 f 7", "HSET h_10 g c", "RPUSH w_-5 x",
]

/// SORT and SORT_RO.
let sortCases: [ConformanceCase] = [
  ConformanceCase(
    "SORT", setup: some, "SORT l", "SORT l DESC", "SORT l ASC", "SORT s", "SORT s DESC ASC DESC", "SORT absent",
    "sort l desc", "SORT w ALPHA", "SORT w ALPHA DESC", "SORT l ALPHA"),
  ConformanceCase(
    "SORT of numbers", setup: ["RPUSH n 1.5 -1.5 1e3 0x10 inf -inf \"\" \" 7\" +3 .5 9223372036854775807 007"],
    "SORT n", "SORT n DESC", "SORT n LIMIT 2 3"),
  ConformanceCase(
    "SORT of what is no number", setup: some + ["RPUSH t 1 2x", "RPUSH u \"1 \"", "RPUSH v nan",
    "RPUSH b \"1\\x00x\" 0"],
    "SORT w", "SORT t", "SORT u", "SORT v", "SORT b", "SORT w LIMIT 0 0", "SORT w BY nosort", "SORT w BY n_*",
    "SORT l BY n_*",
    "SORT t ALPHA"),
  ConformanceCase(
    "SORT LIMIT", setup: some, "SORT l LIMIT 0 2", "SORT l LIMIT 1 3 DESC", "SORT l LIMIT 4 100", "SORT l LIMIT 6 1",
    "SORT l LIMIT 100 1", "SORT l LIMIT -3 2", "SORT l LIMIT 2 -1", "SORT l LIMIT 2 0", "SORT l LIMIT -1 -5",
    "SORT absent LIMIT 0 5", "SORT l LIMIT 0 9223372036854775807", "SORT l LIMIT 9223372036854775807 1",
    "SORT l LIMIT -9223372036854775808 2", "SORT l LIMIT 1 1 LIMIT 2 2"),
  ConformanceCase(
    "SORT BY", setup: some, "SORT l BY w_*", "SORT s BY w_*", "SORT l BY w_* DESC", "SORT l BY w_* LIMIT 1 2",
    "SORT l BY n_* ALPHA", "SORT s BY h_*->f", "SORT s BY h_*->f DESC", "SORT s BY h_*->g ALPHA",
    "SORT s BY h_*->absent",
    "SORT s BY x_*", "SORT s BY *", "SORT s BY *_1"),
  ConformanceCase(
    "SORT BY nothing that differs", setup: some, "SORT l BY nosort", "SORT l BY nosort DESC",
    "SORT l BY nosort LIMIT 1 3",
    "SORT l BY nosort LIMIT 1 3 DESC", "SORT l BY nosort LIMIT 4 10", "SORT l BY nosort LIMIT 9 10",
    "SORT l BY w_* BY nosort", "SORT l BY nosort BY w_*", "SORT s BY nosort", "SORT s BY nosort DESC",
    "SORT s BY nosort LIMIT 1 2", "SORT l BY nosort ALPHA", "SORT l BY #", "SORT l BY \"a\\x00*\"", "SORT l BY \"\""),
  ConformanceCase(
    "SORT GET", setup: some, "SORT l GET #", "SORT l GET n_*", "SORT l GET # GET n_* GET h_*->g", "SORT s GET h_*->f",
    "SORT s GET h_*->", "SORT s GET ->f", "SORT s GET n_*->f", "SORT s GET w_*", "SORT l GET constant",
    "SORT l GET h_*",
    "SORT s GET *", "SORT s GET ## LIMIT 0 2", "SORT s BY w_* GET # GET w_*", "SORT s BY nosort GET n_*",
    "SORT w ALPHA GET #", "SORT absent GET #", "SORT s GET \"n_*\\x00->f\"", "SORT s GET n_*-> LIMIT 0 1"),
  ConformanceCase(
    "SORT STORE", setup: some, "SORT l STORE d", "LRANGE d 0 -1", "TYPE d", "OBJECT ENCODING d",
    "SORT s DESC STORE l",
    "LRANGE l 0 -1", "SORT s GET n_* GET w_* GET q_* STORE d", "LRANGE d 0 -1", "SORT s BY nosort STORE d",
    "LRANGE d 0 -1",
    "SORT s LIMIT 1 2 STORE x", "LRANGE x 0 -1", "SORT l STORE d STORE e", "EXISTS e"),
  ConformanceCase(
    "SORT STORE of nothing", setup: some + ["EXPIREAT l 33177117420"], "SORT absent STORE l", "EXISTS l",
    "SORT s LIMIT 5 1 STORE x", "EXISTS x", "SORT absent STORE absent", "SORT s LIMIT 0 0 STORE absent"),
  ConformanceCase(
    "SORT STORE drops the time to live", setup: some + ["EXPIREAT x 33177117420"], "SORT s STORE x", "TTL x"),
  ConformanceCase(
    "SORT STORE of a set without an order sorts by bytes", setup: ["SADD s pear apple fig 10 9"],
    "SORT s BY nosort STORE d", "LRANGE d 0 -1", "SORT s BY nosort DESC STORE d", "LRANGE d 0 -1",
    "SORT s BY nosort LIMIT 1 2 STORE d", "LRANGE d 0 -1"),
  ConformanceCase(
    "SORT errors", setup: some, "SORT", "SORT x", "SORT h", "SORT x STORE d", "SORT l FOO", "SORT l LIMIT",
    "SORT l LIMIT 1",
    "SORT l LIMIT a 1", "SORT l LIMIT 1 a", "SORT l BY", "SORT l GET", "SORT l STORE", "SORT x FOO", "SORT w STORE d",
    "EXISTS d", "SORT l ALPHA ALPHA", "SORT l LIMIT 0 9223372036854775808"),
  ConformanceCase("SORT's metadata", "COMMAND INFO sort sort_ro", "COMMAND DOCS sort sort_ro"),
  ConformanceCase(
    "SORT's keys", "COMMAND GETKEYS SORT l", "COMMAND GETKEYS SORT l STORE d",
    "COMMAND GETKEYS SORT l BY store GET store ALPHA",
    "COMMAND GETKEYS SORT l LIMIT STORE 1 STORE e STORE f", "COMMAND GETKEYS SORT l STORE",
    "COMMAND GETKEYSANDFLAGS SORT l GET x STORE d", "COMMAND GETKEYS SORT_RO l BY x",
    "COMMAND GETKEYSANDFLAGS SORT_RO l"),
  ConformanceCase(
    "SORT_RO", setup: some, "SORT_RO l", "SORT_RO l DESC LIMIT 1 2", "SORT_RO s BY w_* GET # GET n_*",
    "SORT_RO w ALPHA",
    "SORT_RO absent", "SORT_RO l BY nosort"),
  ConformanceCase(
    "SORT_RO errors", setup: some, "SORT_RO", "SORT_RO l STORE d", "SORT_RO x", "SORT_RO w", "SORT_RO l FOO",
    "EXISTS d"),
]
