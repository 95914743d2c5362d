import ConformanceSupport
import Testing

@testable import Containers

/// HyperLogLogs in all their forms against an array of registers. That the bytes are those of Redis, the conformance
/// tests show.
@Suite struct HyperLogLogTests {
  @Test(arguments: [41, 42, 43]) func formsAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var sparse = ByteBuffer(), dense = ByteBuffer()
    HyperLogLog.initialize(&sparse)
    HyperLogLog.initialize(&dense)
    _ = HyperLogLog.makeDense(&dense)
    for step in 0..<1500 {
      let element = random.bytes(random.below(20), from: Array(0...255))
      let first = HyperLogLog.add(element.bytes, to: &sparse, sparseMax: .max)
      let second = HyperLogLog.add(element.bytes, to: &dense, sparseMax: 0)
      #expect(first == second, "seed \(seed), step \(step)")
      if step % 100 > 0 { continue }
      let cardinality = HyperLogLog.cardinality(of: dense.bytes)
      let sparseCardinality = HyperLogLog.cardinality(of: sparse.bytes)
      var joined = HyperLogLogRegisters(), same = HyperLogLogRegisters()
      let isJoined = joined.merge(sparse.bytes), isSame = same.merge(dense.bytes)
      #expect(isJoined && isSame)
      #expect(cardinality == sparseCardinality)
      #expect(cardinality == joined.cardinality && cardinality == same.cardinality)
      let registers = Self.registers(dense)
      #expect(registers == (0..<HyperLogLog.registerCount).map { joined[$0] })
      #expect(registers == Self.runs(sparse))
    }
    let encoding = HyperLogLog.encoding(of: sparse.bytes)
    #expect(encoding == .sparse)
    let isDense = HyperLogLog.makeDense(&sparse)
    let registers = Self.registers(sparse)
    #expect(isDense && registers == Self.registers(dense))
  }

  @Test(arguments: Set([VectorUnit.isAvailable, false])) func joinsRegisters(usesVectorUnit: Bool) {
    var random = SeededGenerator(seed: 44)
    var total = HyperLogLogRegisters(usesVectorUnit: usesVectorUnit)
    var model = [UInt8](repeating: 0, count: HyperLogLog.registerCount)
    func makeDense() -> ByteBuffer {
      var dense = ByteBuffer()
      HyperLogLog.initialize(&dense)
      _ = HyperLogLog.makeDense(&dense)
      for _ in 0..<20_000 {
        let index = random.below(model.count), value = UInt8(random.below(64))
        _ = HyperLogLog.setDense(index, value, in: &dense)
        model[index] = max(model[index], value)
      }
      return dense
    }
    for round in 0..<6 {
      let first = makeDense()
      if round % 2 == 0 {
        _ = total.merge(first.bytes)
      } else {
        let second = makeDense()
        _ = total.merge(first.bytes, second.bytes)
      }
      let histogram = total.histogram
      for value in 0..<64 { #expect(histogram.count(value) == model.count { $0 == value }, "registers of \(value)") }
    }
    #expect((0..<model.count).map { total[$0] } == model)
    var stored = ByteBuffer()
    HyperLogLog.initialize(&stored)
    HyperLogLog.store(total, in: &stored)
    let registers = Self.registers(stored)
    #expect(registers == model)
    var raised = ByteBuffer()
    HyperLogLog.initialize(&raised)
    HyperLogLog.raise(&raised, to: total, sparseMax: 3000)
    let isEqual = raised.bytes == stored.bytes || Self.registers(raised) == model
    #expect(isEqual)
  }

  @Test func estimatesWell() {
    var dense = ByteBuffer()
    HyperLogLog.initialize(&dense)
    for count in 1...200_000 {
      let element = DecimalText(Int64(count))
      _ = HyperLogLog.add(element.bytes, to: &dense, sparseMax: 3000)
      if ![1, 10, 100, 1000, 10_000, 50_000, 200_000].contains(count) { continue }
      let estimate = Double(HyperLogLog.cardinality(of: dense.bytes) ?? 0)
      #expect(abs(estimate - Double(count)) <= max(1, 0.03 * Double(count)), "\(count)")
    }
  }

  /// Whatever the bytes are: an answer, and no access behind them.
  @Test func standsDamage() {
    var random = SeededGenerator(seed: 45)
    for round in 0..<300 {
      var string = ByteBuffer()
      HyperLogLog.initialize(&string)
      for _ in 0..<random.below(60) {
        let element = random.bytes(8, from: Array(0...255))
        _ = HyperLogLog.add(element.bytes, to: &string, sparseMax: .max)
      }
      for _ in 0..<1 + random.below(4) { string[16 + random.below(string.count - 16)] = UInt8(random.below(256)) }
      if round % 3 == 0 { string.truncate(to: 16 + random.below(string.count - 15)) }
      let isWhole = HyperLogLog.isWhole(string.bytes)
      let count = string.count
      var updates = 0, isCorrupted = false
      for _ in 0..<20 {
        let element = random.bytes(8, from: Array(0...255))
        switch HyperLogLog.add(element.bytes, to: &string, sparseMax: 1000) {
        case .changed: updates += 1
        case .unchanged: break
        case .corrupted: isCorrupted = true
        }
      }
      #expect(!(isWhole && isCorrupted), "round \(round)")
      #expect(updates > 0 || string.count == count)
      var registers = HyperLogLogRegisters()
      let isMerged = registers.merge(string.bytes)
      let cardinality = HyperLogLog.cardinality(of: string.bytes)
      #expect(!isWhole || isMerged && cardinality != nil, "round \(round)")
      let isDense = HyperLogLog.makeDense(&string)
      #expect(isDense == isMerged)
    }
  }

  private static func registers(_ dense: borrowing ByteBuffer) -> [UInt8] {
    var registers: [UInt8] = []
    for index in 0..<HyperLogLog.registerCount {
      registers.append(HyperLogLog.denseRegister(index, of: dense.bytes))
    }
    return registers
  }

  private static func runs(_ sparse: borrowing ByteBuffer) -> [UInt8] {
    var registers: [UInt8] = []
    HyperLogLog.forEachRun(of: sparse.bytes) { run in
      switch run {
      case .zeros(let count), .manyZeros(let count): registers += Array(repeating: 0, count: count)
      case .values(let value, let count): registers += Array(repeating: value, count: count)
      }
    }
    return registers
  }
}
