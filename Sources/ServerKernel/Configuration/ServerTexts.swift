/// What the server prints when it is asked about itself on the command line.
enum ServerTexts {
  static let version =
    "Redis server v=\(RedisCompatibility.version) sha=00000000:0 malloc=libc bits=64 build=goredis\n"

  static let usage = """
    Usage: ./goredis [/path/to/redis.conf] [options] [-]
           ./goredis - (read config from stdin)
           ./goredis -v or --version
           ./goredis -h or --help
           ./goredis --check-config [/path/to/redis.conf] [options] [-]

    Examples:
           ./goredis (run the server with default conf)
           echo 'maxmemory 128mb' | ./goredis -
           ./goredis /etc/redis/6379.conf
           ./goredis --port 7777
           ./goredis --port 7777 --replicaof 127.0.0.1 8888
           ./goredis /etc/myredis.conf --loglevel verbose -
           ./goredis /etc/myredis.conf --loglevel verbose

    """

  static let noMemoryTest =
    "This server does not test memory. Please use a tool made for it, such as memtest86 or memtester.\n"

  static let noSystemCheck = "This server has no system check.\n"
}
