import Containers
import ServerKernel

/// How members are replied: alone, or with their scores, each pair an array of its own in RESP3.
struct MemberReply {
  let reply: Reply
  let withScores: Bool

  func begin(_ count: Int) { reply.array(withScores && !reply.isRESP3 ? count * 2 : count) }

  func add(_ member: borrowing PackedElement, _ score: Double) {
    if withScores && reply.isRESP3 { reply.array(2) }
    reply.bulk(member)
    if withScores { reply.double(score) }
  }
}
