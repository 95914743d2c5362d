import Containers
import ServerKernel

/// What a file begins with.
public enum RDBHeader {
  /// The version, facts about the file, and how many keys each database has, so that whoever loads it makes room once.
  public static func bytes(_ server: Server, version: Int, isBaseOfAppendOnlyFile: Bool) -> ByteBuffer {
    var output = ByteBuffer()
    output.append("REDIS")
    let digits = "\(version)"
    output.append(Array((String(repeating: "0", count: 4 - digits.count) + digits).utf8).bytes)
    append("redis-ver", RedisCompatibility.version, to: &output)
    append("redis-bits", "64", to: &output)
    append("ctime", "\(server.unixSeconds)", to: &output)
    append("used-mem", "\(server.usedMemory)", to: &output)
    append("aof-base", isBaseOfAppendOnlyFile ? "1" : "0", to: &output)
    for number in 0..<server.databaseCount {
      guard let database = server.database(number), database.count > 0 else { continue }
      output.append(Opcode.database.rawValue)
      output.append(length: number)
      output.append(Opcode.sizes.rawValue)
      output.append(length: database.count)
      output.append(length: database.expiringCount)
    }
    return output
  }

  private static func append(_ name: StaticString, _ value: String, to output: inout ByteBuffer) {
    output.append(Opcode.auxiliary.rawValue)
    output.append(string: Bytes(name))
    output.append(string: Array(value.utf8).bytes)
  }
}
