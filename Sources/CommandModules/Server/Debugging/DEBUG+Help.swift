extension DEBUG {
  /// The subcommands that have an effect, in Redis' words and order. Others of Redis' are accepted, for the sake of the
  /// tools that send them, but concern parts that this server does not have: replicas, a cluster, an allocator to tune,
  /// reply buffers that are resized, dumps with checksums, structures that print themselves.
  static let helpText = """
    AOF-FLUSH-SLEEP <microsec>
        Server will sleep before flushing the AOF, this is used for testing.
    ASSERT
        Crash by assertion failed.
    CHANGE-REPL-ID
        Change the replication IDs of the instance.
        Dangerous: should be used only for testing the replication subsystem.
    CONFIG-REWRITE-FORCE-ALL
        Like CONFIG REWRITE but writes all configuration options, including
        keywords not listed in original configuration file or default values.
    CRASH-AND-RECOVER [<milliseconds>]
        Hard crash and restart after a <milliseconds> delay (default 0).
    DIGEST
        Output a hex signature representing the current DB content.
    DIGEST-VALUE <key> [<key> ...]
        Output a hex signature of the values of all the specified keys.
    ERROR <string>
        Return a Redis protocol error with <string> as message. Useful for clients
        unit tests to simulate Redis errors.
    LOG <message>
        Write <message> to the server log.
    HTSTATS <dbid>
        Return hash table statistics of the specified Redis database.
    HTSTATS-KEY <key>
        Like HTSTATS but for the hash table stored at <key>'s value.
    LOADAOF
        Flush the AOF buffers on disk and reload the AOF in memory.
    OBJECT <key>
        Show low level info about `key` and associated value.
    OOM
        Crash the server simulating an out-of-memory error.
    PANIC
        Crash the server simulating a panic.
    POPULATE <count> [<prefix>] [<size>]
        Create <count> string keys named key:<num>. If <prefix> is specified then
        it is used instead of the 'key' prefix. These are not propagated to
        replicas. Cluster slots are not respected so keys not belonging to the
        current node can be created in cluster mode.
    PROTOCOL <type>
        Reply with a test value of the specified type. <type> can be: string,
        integer, double, bignum, null, array, set, map, attrib, push, verbatim,
        true, false.
    RELOAD [option ...]
        Write the data set out, flush it and load it back. Valid <option> values:
        * MERGE: accepted; what is loaded replaces keys that are there.
        * NOFLUSH: the existing database will not be removed before load.
    REPLICATE <string>
        Replicates the provided string to replicas, allowing data divergence.
    RESTART [<milliseconds>]
        Graceful restart: save config, db, restart after a <milliseconds> delay (default 0).
    SDSLEN <key>
        Show low level SDS string info representing `key` and value.
    SEGFAULT
        Crash the server with sigsegv.
    SET-ACTIVE-EXPIRE <0|1>
        Setting it to 0 disables expiring keys in background when they are not
        accessed (otherwise the Redis behavior). Setting it to 1 reenables back the
        default.
    SLEEP <seconds>
        Stop the server for <seconds>. Decimals allowed.
    STRINGMATCH-TEST
        Run a fuzz tester against the stringmatchlen() function.
    STRUCTSIZE
        Return the size of different Redis core C structures.
    PAUSE-CRON <0|1>
        Stop periodic cron job processing.
    """
}
