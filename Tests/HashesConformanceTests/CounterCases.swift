import ConformanceSupport

/// HINCRBY and HINCRBYFLOAT.
let counterCases: [ConformanceCase] = [
  ConformanceCase("HINCRBY", "HINCRBY h a 5", "HINCRBY h a -7", "HINCRBY h b 0", "HGETALL h"),
  ConformanceCase(
    "HINCRBY of a table", setup: [.init(["HSET", "h", "a", long, "b", "1"])], "HINCRBY h b 2",
    "HGET h b", "HINCRBY h a 1"),
  ConformanceCase(
    "HINCRBY of a long field makes a table", .init(["HINCRBY", "h", long, "1"]),
    "OBJECT ENCODING h",
    .init(["HGET", "h", long])),
  ConformanceCase(
    "HINCRBY overflow", setup: ["HSET h a 9223372036854775807 b -9223372036854775808"],
    "HINCRBY h a 1",
    "HINCRBY h b -1", "HINCRBY h a -9223372036854775808", "HINCRBY h b 9223372036854775807",
    "HGETALL h"),
  ConformanceCase(
    "HINCRBY of what is no integer", setup: ["HSET h a abc b 1.5 c \"\" d \" 1\" e 01"],
    "HINCRBY h a 1", "HINCRBY h b 1",
    "HINCRBY h c 1", "HINCRBY h d 1", "HINCRBY h e 1", "HINCRBY h x abc", "HINCRBY h x 1.0",
    "HINCRBY h x 9223372036854775808", "HEXISTS h x"),
  ConformanceCase(
    "HINCRBY keeps the time to live", setup: ["HSET h a 1", "EXPIREAT h 33177117420"],
    "HINCRBY h a 2", "EXPIRETIME h"),
  ConformanceCase(
    "HINCRBY errors", setup: ["SET s x"], "HINCRBY", "HINCRBY h a", "HINCRBY h a 1 2",
    "HINCRBY s a 1", "HINCRBY s a x", "HINCRBY h a x", "EXISTS h"),

  ConformanceCase(
    "HINCRBYFLOAT", "HINCRBYFLOAT h a 1", "HINCRBYFLOAT h a 0.25", "HINCRBYFLOAT h a -1.25",
    "HGETALL h"),
  ConformanceCase(
    "HINCRBYFLOAT rounds as Redis does", "HINCRBYFLOAT h a 0.1", "HINCRBYFLOAT h a 0.2",
    "HINCRBYFLOAT h a 3.0e3",
    "HINCRBYFLOAT h a 1e-17", "HINCRBYFLOAT h b 17179869184", "HINCRBYFLOAT h b 1.5", "HGETALL h"),
  ConformanceCase(
    "HINCRBYFLOAT of spelled numbers", setup: ["HSET h a 3.0 b 314e-2 c 0x10 d -0"],
    "HINCRBYFLOAT h a 1.0", "HINCRBYFLOAT h b 0", "HINCRBYFLOAT h c 1", "HINCRBYFLOAT h d -0"),
  ConformanceCase(
    "HINCRBYFLOAT of a long result makes a table", setup: ["CONFIG SET hash-max-listpack-value 3"],
    "HINCRBYFLOAT h a 1.5", "OBJECT ENCODING h", "HINCRBYFLOAT h a 0.25", "OBJECT ENCODING h",
    "HGET h a",
    "CONFIG SET hash-max-listpack-value 64"),
  ConformanceCase(
    "HINCRBYFLOAT keeps the time to live", setup: ["HSET h a 1", "EXPIREAT h 33177117420"],
    "HINCRBYFLOAT h a 0.5", "EXPIRETIME h"),
  ConformanceCase(
    "HINCRBYFLOAT of what is no number", setup: ["HSET h a abc b \" 1\" c \"\" d \"1 \" e nan"],
    "HINCRBYFLOAT h a 1",
    "HINCRBYFLOAT h b 1", "HINCRBYFLOAT h c 1", "HINCRBYFLOAT h d 1", "HINCRBYFLOAT h e 1",
    "HINCRBYFLOAT h x abc",
    "HINCRBYFLOAT h x nan", "HINCRBYFLOAT h x inf", "HINCRBYFLOAT h x -inf", "HEXISTS h x"),
  ConformanceCase(
    "HINCRBYFLOAT past the largest number", setup: ["HSET h a 1e4932"], "HINCRBYFLOAT h a 1e4932",
    "HINCRBYFLOAT h b 1e5000"),
  ConformanceCase(
    "HINCRBYFLOAT errors", setup: ["SET s x"], "HINCRBYFLOAT", "HINCRBYFLOAT h a",
    "HINCRBYFLOAT h a 1 2",
    "HINCRBYFLOAT s a 1", "HINCRBYFLOAT s a x", "HINCRBYFLOAT s a inf", "EXISTS h"),
]
