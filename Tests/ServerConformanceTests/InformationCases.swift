import ConformanceSupport

/// INFO, TIME, ROLE, LOLWUT and MEMORY.
let informationCases: [ConformanceCase] = [
  ConformanceCase(
    "INFO", "INFO", "INFO server", "INFO everything", "INFO all", "INFO default clients", comparing: .typeOnly),
  ConformanceCase("INFO of no section", "INFO foo", "INFO \"\"", "INFO cluster", "INFO CLUSTER cluster foo"),
  ConformanceCase(
    "INFO keyspace", "INFO keyspace", "SET a 1", "SELECT 3", "MSET a 1 b 2", "INFO keyspace", "FLUSHALL",
    "INFO keyspace"),
  ConformanceCase(
    "INFO errorstats", "CONFIG RESETSTAT", "FOO", "INCR a b", "DEBUG ERROR \"CODE text\"", "INFO errorstats"),
  ConformanceCase(
    "INFO names every field of Redis", "INFO everything",
    comparing: .deviation(reason: "figures differ, names do not") { reply in
      let text = reply.value.text ?? ""
      return ["io_threads_active:", "mem_allocator:", "aof_last_cow_size:", "tracking_total_keys:", "cluster_enabled:"]
        .allSatisfy(text.contains)
    }),
  ConformanceCase("TIME", "TIME", comparing: .typeOnly),
  ConformanceCase("TIME errors", "TIME a"),
  ConformanceCase(
    "LOLWUT", "LOLWUT", "LOLWUT VERSION 9", "LOLWUT VERSION a", "LOLWUT foo", "LOLWUT VERSION 5 x",
    "LOLWUT VERSION 6 10 x", "LOLWUT VERSION 9 x"),
  ConformanceCase(
    "LOLWUT pictures", "LOLWUT VERSION 5 20 3", "LOLWUT VERSION 6 20 3", "LOLWUT VERSION 5",
    comparing: .deviation(reason: "the pictures are our own, the version ends them all the same") { reply in
      let text = reply.value.text ?? ""
      return text.hasSuffix("Redis ver. 7.0.15\n") && text.count > 60
    }),
  ConformanceCase("MEMORY errors", "MEMORY", "MEMORY FOO", "MEMORY USAGE", "MEMORY STATS a"),
  ConformanceCase(
    "MEMORY USAGE", setup: ["SET a 1"], "MEMORY USAGE a", "MEMORY USAGE a SAMPLES 0", comparing: .typeOnly),
  ConformanceCase(
    "MEMORY USAGE errors", setup: ["SET a 1"], "MEMORY USAGE absent", "MEMORY USAGE a FOO", "MEMORY USAGE a SAMPLES",
    "MEMORY USAGE a SAMPLES a", "MEMORY USAGE a SAMPLES -1"),
  ConformanceCase("MEMORY STATS", "MEMORY STATS", "MEMORY MALLOC-STATS", comparing: .typeOnly),
  ConformanceCase("MEMORY DOCTOR", "MEMORY DOCTOR", "MEMORY PURGE"),
  ConformanceCase("MEMORY HELP", "MEMORY HELP", "MEMORY HELP a"),
]
