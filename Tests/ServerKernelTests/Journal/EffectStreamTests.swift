import Containers
import Testing

@testable import ServerKernel

/// The stream of bytes that files and replicas take.
@Suite struct EffectStreamTests {
  private static func text(_ stream: borrowing EffectStream) -> String {
    stream.writable.string.replacing("\r\n", with: " ")
  }

  @Test func databasesAreSelectedWhereTheyChange() {
    var stream = EffectStream()
    stream.append(Bytes("a "), database: 0)
    stream.append(Bytes("b "), database: 0)
    stream.append(Bytes("c "), database: -1)
    stream.append(Bytes("d "), database: 12)
    #expect(Self.text(stream) == "*2 $6 SELECT $1 0 a b c *2 $6 SELECT $2 12 d ")
  }

  @Test func aUnitIsWritableWhenItHasEnded() {
    var stream = EffectStream()
    stream.append(Bytes("a "), database: 0)
    let before = stream.writableCount
    stream.beginUnit(database: 0)
    stream.append(Bytes("b "), database: 0)
    #expect(stream.writableCount == before && stream.count > before)
    // What was before it may be written meanwhile.
    stream.removeFirst(before)
    #expect(stream.writableCount == 0)
    stream.endUnit()
    #expect(Self.text(stream) == "*1 $5 MULTI b *1 $4 EXEC ")
  }

  @Test func whoHasNotReadTheBeginningLearnsTheDatabase() {
    var stream = EffectStream()
    stream.append(Bytes("a "), database: 0)
    stream.removeFirst(stream.count)
    stream.forgetDatabase()
    stream.append(Bytes("b "), database: 0)
    #expect(Self.text(stream) == "*2 $6 SELECT $1 0 b ")
  }
}
