import Testing

@testable import Replication

/// With which stream, and up to where, a server can be gone on with.
@Suite struct ReplicationIdentityTests {
  private let other = String(repeating: "b", count: 40)

  @Test func aStreamIncludesItsOwn() {
    let identity = ReplicationIdentity()
    #expect(identity.current.utf8.count == 40)
    #expect(identity.includes(identity.current, upTo: 0) && identity.includes(identity.current, upTo: .max))
    #expect(!identity.includes(other, upTo: 0))
    // What INFO shows for none, one more than this, is -1; nobody has such a stream.
    #expect(identity.previous == ReplicationIdentity.none && identity.previousEnd == -2)
    #expect(!identity.includes(ReplicationIdentity.none, upTo: 0) && !identity.includes("?", upTo: -2))
  }

  @Test func aPromotedServerIsGoneOnWithUpToItsPromotion() {
    var identity = ReplicationIdentity()
    let former = identity.current
    identity.branch(at: 100)
    #expect(identity.current != former && identity.previous == former)
    #expect(identity.includes(former, upTo: 100) && !identity.includes(former, upTo: 101))
    #expect(identity.includes(identity.current, upTo: 101))
    // The one before that is forgotten.
    identity.branch(at: 200)
    #expect(!identity.includes(former, upTo: 50))
  }

  @Test func aReplicaTakesThePrimarysNames() {
    var identity = ReplicationIdentity()
    let own = identity.current
    identity.adopt(other)
    #expect(identity.current == other && !identity.includes(own, upTo: 0))
    let next = String(repeating: "c", count: 40)
    identity.follow(next, from: 30)
    #expect(identity.current == next && identity.includes(other, upTo: 30) && !identity.includes(other, upTo: 31))
    identity.renew()
    #expect(!identity.includes(next, upTo: 0) && !identity.includes(other, upTo: 0))
  }

  @Test func aPrimaryGoesOnFromAFile() {
    var identity = ReplicationIdentity()
    identity.restore(previous: other, upTo: 70)
    #expect(identity.includes(other, upTo: 70) && !identity.includes(other, upTo: 71))
    #expect(identity.current != other)
  }
}
