extension LatencyReport {
  /// Advice, in the order in which it is given.
  enum Advice: CaseIterable {
    case slowlogInspect, scheduler, localDisk, ssd, writeback, contention
    case noSyncOnRewrite, relaxSyncPolicy, writeLoad, hz, largeObjects, massEviction

    /// What helps against spikes of an event.
    static func about(_ event: String) -> [Advice] {
      switch event {
      case "command": [.slowlogInspect, .largeObjects]
      case "fast-command": [.scheduler]
      case "aof-write-pending-fsync": [.localDisk, .contention, .ssd, .writeback]
      case "aof-write-active-child": [.noSyncOnRewrite, .writeback, .ssd]
      case "aof-write-alone": [.localDisk, .writeback, .ssd]
      case "aof-fsync-always": [.relaxSyncPolicy]
      case "aof-rename": [.writeLoad, .writeback, .ssd, .localDisk]
      case "aof-fstat": [.contention, .localDisk]
      case "expire-cycle": [.hz, .largeObjects]
      case "eviction-del": [.largeObjects]
      case "eviction-cycle": [.massEviction]
      default: []
      }
    }

    var text: String {
      switch self {
      case .slowlogInspect:
        "- Check your Slow Log to understand what are the commands you are running which are too slow to "
        + "execute. Please check https://redis.io/commands/slowlog for more information.\n"
      case .scheduler:
        "- The system is slow to execute Redis code paths not containing system calls. This usually "
        + "means the system does not provide Redis CPU time to run for long periods. You should try to:\n  "
        + "1) Lower the system load.\n  2) Use a computer / VM just for Redis if you are running other "
        + "software in the same system.\n  3) Check if you have a \"noisy neighbour\" problem.\n  4) Check "
        + "with 'redis-cli --intrinsic-latency 100' what is the intrinsic latency in your system.\n  5) "
        + "Check if the problem is allocator-related by recompiling Redis with MALLOC=libc, if you are "
        + "using Jemalloc. However this may create fragmentation problems.\n"
      case .localDisk:
        "- It is strongly advised to use local disks for persistence, especially if you are using AOF. "
        + "Remote disks provided by platform-as-a-service providers are known to be slow.\n"
      case .ssd:
        "- SSD disks are able to reduce fsync latency, and total time needed for snapshotting and AOF "
        + "log rewriting (resulting in smaller memory usage). With extremely high write load SSD disks can "
        + "be a good option. However Redis should perform reasonably with high load using normal disks. "
        + "Use this advice as a last resort.\n"
      case .writeback:
        "- Mounting ext3/4 filesystems with data=writeback can provide a performance boost compared to "
        + "data=ordered, however this mode of operation provides less guarantees, and sometimes it can "
        + "happen that after a hard crash the AOF file will have a half-written command at the end and "
        + "will require to be repaired before Redis restarts.\n"
      case .contention:
        "- Try to lower the disk contention. This is often caused by other disk intensive processes "
        + "running in the same computer (including other Redis instances).\n"
      case .noSyncOnRewrite:
        "- Assuming from the point of view of data safety this is viable in your environment, you could "
        + "try to enable the 'no-appendfsync-on-rewrite' option, so that fsync will not be performed while "
        + "there is a child rewriting the AOF file or producing an RDB file (the moment where there is "
        + "high disk contention).\n"
      case .relaxSyncPolicy:
        "- Your fsync policy is set to 'always'. It is very hard to get good performances with such a "
        + "setup, if possible try to relax the fsync policy to 'onesec'.\n"
      case .writeLoad:
        "- Latency during the AOF atomic rename operation or when the final difference is flushed to the "
        + "AOF file at the end of the rewrite, sometimes is caused by very high write load, causing the AOF "
        + "buffer to get very large. If possible try to send less commands to accomplish the same work, or "
        + "use Lua scripts to group multiple operations into a single EVALSHA call.\n"
      case .hz:
        "- In order to make the Redis keys expiring process more incremental, try to set the 'hz' "
        + "configuration parameter to 100 using 'CONFIG SET hz 100'.\n"
      case .largeObjects:
        "- Deleting, expiring or evicting (because of maxmemory policy) large objects is a blocking "
        + "operation. If you have very large objects that are often deleted, expired, or evicted, try to "
        + "fragment those objects into multiple smaller objects.\n"
      case .massEviction:
        "- Sudden changes to the 'maxmemory' setting via 'CONFIG SET', or allocation of large objects "
        + "via sets or sorted sets intersections, STORE option of SORT, Redis Cluster large keys "
        + "migrations (RESTORE command), may create sudden memory pressure forcing the server to block "
        + "trying to evict keys. \n"
      }
    }
  }
}
