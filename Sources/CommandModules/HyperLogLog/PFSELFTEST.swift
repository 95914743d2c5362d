import Containers
import ServerKernel

/// `PFSELFTEST`
enum PFSELFTEST: RedisCommand {
  static let spec = CommandSpec(
    "pfselftest", arity: 1, flags: .admin,
    categories: [.hyperLogLog, .admin, .dangerous],
    group: .hyperLogLog, since: "2.8.9", complexity: "N/A",
    summary: "An internal command for testing HyperLogLog values",
    isSystem: true)

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try testRegisters()
    try testEstimates()
    context.reply.ok()
  }

  /// Registers of a dense string hold what they are raised to, and leave their neighbours alone.
  private static func testRegisters() throws(CommandError) {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<4 {
      var string = ByteBuffer()
      HyperLogLog.initialize(&string)
      _ = HyperLogLog.makeDense(&string)
      var expected = [UInt8](repeating: 0, count: HyperLogLog.registerCount)
      for _ in 0..<2 * HyperLogLog.registerCount {
        let index = Int.random(in: expected.indices, using: &random)
        let value = UInt8.random(in: 1...63, using: &random)
        _ = HyperLogLog.setDense(index, value, in: &string)
        expected[index] = max(expected[index], value)
      }
      for index in expected.indices where HyperLogLog.denseRegister(index, of: string.bytes) != expected[index] {
        throw .text("TESTFAILED Register \(index) should be \(Int(expected[index]))")
      }
    }
  }

  /// Estimates stay within six standard errors of the number of elements, and are the same in both encodings.
  private static func testEstimates() throws(CommandError) {
    var dense = ByteBuffer(), sparse = ByteBuffer()
    HyperLogLog.initialize(&dense)
    _ = HyperLogLog.makeDense(&dense)
    HyperLogLog.initialize(&sparse)
    let seed = UInt64.random(in: 0...UInt64.max)
    var checkpoint = 1
    for count in 1...100_000 {
      let element = DecimalText(Int64(truncatingIfNeeded: seed &+ UInt64(count)))
      _ = HyperLogLog.add(element.bytes, to: &dense, sparseMax: HyperLogLogs.sparseMax.value)
      if checkpoint <= 1000 { _ = HyperLogLog.add(element.bytes, to: &sparse, sparseMax: .max) }
      if count != checkpoint { continue }
      let estimate = HyperLogLog.cardinality(of: dense.bytes) ?? 0
      if count <= 1000 && HyperLogLog.cardinality(of: sparse.bytes) != estimate {
        throw .literal("TESTFAILED dense/sparse disagree")
      }
      // Of a few elements, one may always be lost to another.
      let error = count == 10 ? 1 : Double(count) * 6 * 1.04 / 128
      if abs(Double(estimate) - Double(count)) > error.rounded(.up) {
        throw .text("TESTFAILED Too big error. card:\(count) abserr:\(Int64(estimate) - Int64(count))")
      }
      checkpoint *= 10
    }
  }
}
