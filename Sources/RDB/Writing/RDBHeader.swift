import Containers
import ServerKernel

/// What a file begins with.
public enum RDBHeader {
  /// The version, facts about the file, and how many keys each database has, so that whoever loads it makes room once.
  public static func bytes(_ server: Server, version: Int, isBaseOfAppendOnlyFile: Bool) -> ByteBuffer {
    var output = ByteBuffer()
    output.append("REDIS")
    let digits = "\(version)"
    let padded = Array((String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    output.append(padded.bytes)
    output.append(fact: "redis-ver", RedisCompatibility.version)
    output.append(fact: "redis-bits", "64")
    output.append(fact: "ctime", "\(server.unixSeconds)")
    output.append(fact: "used-mem", "\(server.usedMemory)")
    // A base is followed by what the stream had next, so that is not where it is.
    if !isBaseOfAppendOnlyFile, let position = server.streamPosition {
      output.append(fact: "repl-stream-db", "\(position.database)")
      output.append(fact: "repl-id", position.name)
      output.append(fact: "repl-offset", "\(position.offset)")
    }
    output.append(fact: "aof-base", isBaseOfAppendOnlyFile ? "1" : "0")
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
}

extension ByteBuffer {
  /// Appends something about the file, as a pair of strings.
  fileprivate mutating func append(fact name: StaticString, _ value: String) {
    append(Opcode.auxiliary.rawValue)
    append(string: Bytes(name))
    let value = Array(value.utf8)
    append(string: value.bytes)
  }
}
