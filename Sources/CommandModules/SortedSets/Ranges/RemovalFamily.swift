import ServerKernel
import SortedSetValues

/// ZREMRANGEBYRANK, ZREMRANGEBYSCORE and ZREMRANGEBYLEX.
func removeMembers(
  _ call: borrowing Call, _ context: inout Context, by kind: RangeQuery.Kind, event: StaticString
) throws(CommandError) {
  let query = try RangeQuery(call, from: 2, by: kind)
  let removed = try context.db.updateExisting(SortedSetValue.self, call[1]) { set, change throws(CommandError) in
    let ranks = query.ranks(call, in: set)
    set.removeSubrange(ranks)
    change.record(.sortedSet(event), by: ranks.count)
    return ranks.count
  }
  context.reply.integer(removed ?? 0)
}
