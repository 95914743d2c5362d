import CLinux
import Containers
import Glibc

extension Server {
  /// Bytes in use: what the slab heap and malloc handed out and did not get back, tables and clients' buffers included.
  /// O(1), and so up to date for each command.
  public var usedMemory: Int { upkeep.runtimeMemory + Malloc.bytesInUse + keyspace.value.heap.bytesInSlabs }

  /// The part of it that is not held against `maxmemory`: what waits to be written to the append-only file. It would
  /// have keys evicted, whose removal is written to the file, which has more keys evicted.
  public var memoryNotCounted: Int {
    lifecycle.uncountedMemory.reduce(0) { $0.addingSaturated($1()) }
  }

  /// The most that was in use at a time, as sampled.
  public var peakMemory: Int { max(upkeep.peakMemory, usedMemory) }

  /// Bytes of the process that were in physical memory when the upkeep last looked, some hundred milliseconds ago.
  public var residentMemory: Int { upkeep.residentMemory }

  /// Asks the system for it, which takes as long as many commands.
  static func readResidentMemory() -> Int {
    guard let text = try? FileSystem.read(Array("/proc/self/statm".utf8)) else { return 0 }
    let fields = text.split(separator: UInt8(ascii: " "))
    let pages = fields.count > 1 ? Int(String(decoding: fields[1], as: UTF8.self)) ?? 0 : 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

extension Server {
  /// Bytes of a part of the overhead by its name in MEMORY STATS, 0 when nobody has it; see
  /// `Registry.addMemoryOverhead`.
  public func memoryOverhead(_ name: String) -> Int { lifecycle.memoryOverheads[name]?() ?? 0 }

  /// Bytes of all parts of the overhead that modules told of.
  public var memoryOverhead: Int { lifecycle.memoryOverheads.values.reduce(0) { $0.addingSaturated($1()) } }
}

extension Registry {
  /// Tells of memory that is no part of the data set, by a name of MEMORY STATS such as `aof.buffer`: `bytes` returns
  /// how much. A second part of the same name stops the start.
  public func addMemoryOverhead(_ name: String, _ bytes: @escaping () -> Int) {
    if server.lifecycle.memoryOverheads.updateValue(bytes, forKey: name) != nil {
      stopStart("two modules tell of the memory '\(name)'")
    }
  }

  /// Leaves out of what `maxmemory` limits the bytes that `bytes` returns: what piles up for other servers, say.
  public func addUncountedMemory(_ bytes: @escaping () -> Int) { server.lifecycle.uncountedMemory.append(bytes) }
}
