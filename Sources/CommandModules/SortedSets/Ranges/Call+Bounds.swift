import Containers
import ServerKernel
import SortedSetValues

extension Call {
  /// The argument as an end of a range of scores: a number, after `(` if it is left out itself.
  func scoreBound(_ index: Int) throws(CommandError) -> ScoreBound {
    let text = self[index]
    let isExclusive = !text.isEmpty && text[0] == UInt8(ascii: "(")
    guard let score = text[(isExclusive ? 1 : 0)..<text.count].lenientDouble else {
      throw .literal("ERR min or max is not a float")
    }
    return ScoreBound(score, isExclusive: isExclusive)
  }

  /// Whether the argument is an end of a range of members.
  func checkMemberBound(_ index: Int) throws(CommandError) {
    let text = self[index]
    if !text.isEmpty {
      if text[0] == UInt8(ascii: "[") || text[0] == UInt8(ascii: "(") { return }
      if text == Bytes("-") || text == Bytes("+") { return }
    }
    throw .literal("ERR min or max not valid string range item")
  }

  /// The argument, which was checked, as an end of a range of members: `-`, `+`, or a member after `[`, or after `(` if
  /// it is left out itself.
  @_lifetime(copy self)
  func memberBound(_ index: Int) -> MemberBound {
    let text = self[index]
    switch text[0] {
    case UInt8(ascii: "-"): return .lowest
    case UInt8(ascii: "+"): return .highest
    case let mark: return .member(text[1..<text.count], isExclusive: mark == UInt8(ascii: "("))
    }
  }
}
