import Testing

@testable import Replication

/// What primaries answer to PSYNC, and what nobody should.
@Suite struct SynchronizationReplyTests {
  private static let name = String(repeating: "a", count: 40)

  @Test func theDataSetComes() {
    #expect(SynchronizationReply("+FULLRESYNC \(Self.name) 17") == .full(name: Self.name, offset: 17))
    #expect(SynchronizationReply("+FULLRESYNC \(Self.name) 0") == .full(name: Self.name, offset: 0))
  }

  @Test func theStreamGoesOn() {
    #expect(SynchronizationReply("+CONTINUE") == .proceed(name: nil))
    #expect(SynchronizationReply("+CONTINUE \(Self.name)") == .proceed(name: Self.name))
    // A name that cannot be one is no other name.
    #expect(SynchronizationReply("+CONTINUE abc") == .proceed(name: nil))
    #expect(SynchronizationReply("+CONTINUE ") == .proceed(name: nil))
  }

  @Test func itIsRefusedForNowOrForGood() {
    #expect(SynchronizationReply("-NOMASTERLINK Can't SYNC while not connected with my master") == .notNow)
    #expect(SynchronizationReply("-LOADING Redis is loading the dataset in memory") == .notNow)
    #expect(SynchronizationReply("-ERR unknown command 'PSYNC'") == .refused)
    #expect(SynchronizationReply("-NOPERM no") == .refused)
    #expect(SynchronizationReply("-LOADINGS") == .refused)
  }

  @Test(arguments: [
    "+FULLRESYNC", "+FULLRESYNC abc 1", "+FULLRESYNC  17", "+FULLRESYNC \(name)", "+FULLRESYNC \(name) -1",
    "+FULLRESYNC \(name) x", "+FULLRESYNC \(name) 17 18",
    "+FULLRESYNC \(name) 9223372036854775808", "+FULLRESYNC \(name)  17", "+FULLRESYNC \(name)b 17",
  ]) func whereTheStreamGoesOnIsSaidRightly(line: String) {
    #expect(SynchronizationReply(line) == .malformed)
  }

  @Test(arguments: ["", "+", "+OK", "hello", "$5", "+CONTINUED"]) func nothingElseIsAnAnswer(line: String) {
    #expect(SynchronizationReply(line) == .unknown)
  }
}
