"""What is to be reached beside all others, as tables: work per CPU second, and bytes."""

import typing


class Work(typing.NamedTuple):
    """Tests, and by depth of pipelining how many times the best other server's work they are to do."""

    tests: str
    least: dict


class Goals(typing.NamedTuple):
    """Goals of one area. Bytes are the most per element, by the name of the data set."""

    work: list
    most_bytes: dict


GOALS = {
    "sets": Goals(
        [Work("sadd sadd_100k spop sismember zadd zadd_100k zincrby zpopmin zscore zrank", {16: 1.8, 100: 3.0}),
         Work("zrange_scores_100 zrangebyscore_100 zrevrange_100", {16: 1.5}),
         Work("sinter sunionstore sdiff zunionstore zinterstore geosearch_10k", {1: 2.0}),
         Work("sort_100", {16: 2.0}),
         # No goal of their own but to be no worse.
         Work("srandmember_1000 sintercard_small zremrangebyrank_100", {16: 1.0})],
        {"member of one big set (19 bytes)": 38, "member of one big sorted set (19 bytes)": 60,
         "set of 5 members (10 bytes), per set": 130, "set of 5 integers (7 digits), per set": 85,
         "sorted set of 5 members (10 bytes), per sorted set": 130}),
    "streams": Goals(
        [Work("xadd xadd_5 xadd_maxlen xadd_5_maxlen xread_100 xrange_100 xreadgroup_10 xack", {16: 1.5, 100: 2.5})],
        # Six tenths of what the best of the others takes for a pending entry.
        {"stream entry (1 field)": 26, "pending entry of a group": 112}),
    "bits": Goals(
        [Work("setbit getbit bitfield pfadd pfcount pfcount_10 pfmerge", {16: 1.5}),
         Work("bitcount_10mb bitpos_10mb bitop_and_10mb bitop_xor_10mb bitop_not_10mb", {1: 1.2})], {}),
    "scripts": Goals(
        [Work("evalsha_one evalsha_get evalsha_limit evalsha_release fcall_one fcall_get fcall_limit fcall_release",
              {1: 1.1, 16: 1.8}),
         Work("evalsha_incr_1000", {1: 1.5}), Work("evalsha_json_10kb", {1: 1.2}), Work("evalsha_compute", {1: 1.0})],
        {}),
    "scenarios": Goals(
        [Work("get_1kb set_1kb get_10kb set_10kb", {1: 1.1, 16: 1.1}),
         # Nearly all of these is the time of the operating system's kernel.
         Work("get_100kb set_100kb get_1mb set_1mb get_of_1 set_of_1", {1: 1.0}),
         Work("get_of_1000 set_of_1000 get_of_5000 set_of_5000 get_unix ping_inline info transaction", {1: 1.1}),
         Work("publish_100", {1: 1.1, 16: 1.1}),
         Work("mget_10 mget_100 hgetall_small hmget_small hincrby_small set_ex set_nx_px get_mortal expire exists del "
              "append getrange lpos scan_1000", {16: 1.1})], {}),
}


def of_tests(name):
    """(test, pipeline) and the goal of each."""
    return {(test, pipeline): least for work in GOALS[name].work for test in work.tests.split()
            for pipeline, least in work.least.items()}
