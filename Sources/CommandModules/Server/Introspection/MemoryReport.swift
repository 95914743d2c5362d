import ServerKernel

/// MEMORY DOCTOR: what is odd about memory, in Redis' words.
enum MemoryReport {
  static func text(_ server: Server) -> String {
    let memory = MemoryOverview(server)
    if memory.used < 5 << 20 { return empty }
    var issues = ""
    if Double(memory.peak) / Double(memory.used) > 1.5 { issues += peak }
    if memory.fragmentation > 1.4 && memory.resident - memory.used > 10 << 20 { issues += fragmentation }
    if memory.clients / max(1, server.clients.count) > 200 << 10 { issues += clients }
    if issues.isEmpty { return fine }
    return "Sam, I detected a few issues in this Redis instance memory implants:\n\n" + issues
      + "I'm here to keep you safe, Sam. I want to help you.\n"
  }

  private static let fine =
    "Hi Sam, I can't find any memory issue in your instance. I can only account for what occurs on "
    + "this base.\n"
  private static let empty =
    "Hi Sam, this instance is empty or is using very little memory, my issues detector can't be used "
    + "in these conditions. Please, leave for your mission on Earth and fill it with some data. The "
    + "new Sam and I will be back to our programming as soon as I finished rebooting.\n"
  private static let peak =
    " * Peak memory: In the past this instance used more than 150% the memory that is currently "
    + "using. The allocator is normally not able to release memory after a peak, so you can expect to "
    + "see a big fragmentation ratio, however this is actually harmless and is only due to the memory "
    + "peak, and if the Redis instance Resident Set Size (RSS) is currently bigger than expected, the "
    + "memory will be used as soon as you fill the Redis instance with more data. If the memory peak "
    + "was only occasional and you want to try to reclaim memory, please try the MEMORY PURGE command, "
    + "otherwise the only other option is to shutdown and restart the instance.\n\n"
  private static let fragmentation =
    " * High total RSS: This instance has a memory fragmentation and RSS overhead greater than 1.4 "
    + "(this means that the Resident Set Size of the Redis process is much larger than the sum of the "
    + "logical allocations Redis performed). This problem is usually due either to a large peak memory "
    + "(check if there is a peak memory entry above in the report) or may result from a workload that "
    + "causes the allocator to fragment memory a lot. If the problem is a large peak memory, then "
    + "there is no issue. Otherwise, make sure you are using the Jemalloc allocator and not the "
    + "default libc malloc. Note: The currently used allocator is \"libc\".\n\n"
  private static let clients =
    " * Big client buffers: The clients output buffers in this instance are greater than 200K per "
    + "client (on average). This may result from different causes, like Pub/Sub clients subscribed to "
    + "channels bot not receiving data fast enough, so that data piles on the Redis instance output "
    + "buffer, or clients sending commands with large replies or very large sequences of commands in "
    + "the same pipeline. Please use the CLIENT LIST command in order to investigate the issue if it "
    + "causes problems in your instance, or to understand better why certain clients are using a big "
    + "amount of memory.\n\n"
}
