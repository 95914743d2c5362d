import ServerKernel
import StreamValues

/// XRANGE and XREVRANGE: the entries between two identifiers, which stand at these arguments.
func replyRange(
  _ call: borrowing Call, _ context: inout Context, start: Int, end: Int, reversed: Bool
) throws(CommandError) {
  let first = try call.startOfRange(start)
  let last = try call.endOfRange(end)
  let count = try call.rangeCount(from: 4)
  let reply = context.reply
  guard let value = try context.db.value(StreamValue.self, call[1]) else { return reply.array(0) }
  if count == 0 { return reply.nullArray() }
  value.value.stream.reply(reply, from: first, to: last, count: Int(count ?? 0), reversed: reversed)
}
