import ServerKernel
import SortedSetValues

/// ZRANK and ZREVRANK.
func replyRank(
  _ call: borrowing Call, _ context: inout Context, isReversed: Bool, command: StaticString
) throws(CommandError) {
  let reply = context.reply
  if call.count > 4 { throw .wrongArity(command.description) }
  let withScore = call.count == 4
  if withScore && !call.matches(3, "WITHSCORE") { throw .syntax }
  guard let set = try context.db.value(SortedSetValue.self, call[1]), let found = set.value.rank(of: call[2]) else {
    return withScore ? reply.nullArray() : reply.null()
  }
  if withScore { reply.array(2) }
  reply.integer(isReversed ? set.value.count - 1 - found.rank : found.rank)
  if withScore { reply.double(found.score) }
}
