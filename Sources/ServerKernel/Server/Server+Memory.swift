import CLinux
import Containers
import Glibc

extension Server {
  /// Bytes in use: what the slab heap and malloc handed out and did not get back, tables and clients' buffers included.
  /// O(1), and so up to date for each command.
  public var usedMemory: Int { upkeep.runtimeMemory + Malloc.bytesInUse + keyspace.value.heap.bytesInSlabs }

  /// The part of it that is not held against `maxmemory`: what waits to be written to the append-only file. It would
  /// have keys evicted, whose removal is written to the file, which has more keys evicted.
  public var memoryNotCounted: Int { persistence.appendOnlyFile?.bufferLength ?? 0 }

  /// The most that was in use at a time, as sampled.
  public var peakMemory: Int { max(upkeep.peakMemory, usedMemory) }

  /// Bytes of the process that are in physical memory.
  public var residentMemory: Int {
    guard let text = try? FileSystem.read(Array("/proc/self/statm".utf8)) else { return 0 }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }
}
