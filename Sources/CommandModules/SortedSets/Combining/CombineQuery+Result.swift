import Containers
import ServerKernel
import SortedSetValues

extension CombineQuery {
  /// The members of the result.
  func result(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) -> ScoreTable {
    switch operation {
    case .union: return try union(call, context)
    case .intersection, .difference:
      if inputs[0].count == 0 { return ScoreTable() }
      var scores = try firstTwo(call, context)
      for number in inputs.indices.dropFirst(2) { scores = try filter(scores, call, context, inputs[number]) }
      return scores
    }
  }

  /// How many members an intersection has, `limit` at most.
  func countOfIntersection(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) -> Int {
    let limit = self.limit > 0 ? self.limit : Int.max
    // Of up to two inputs nothing has to be kept.
    if inputs.count > 2 { return min(limit, try result(call, context).count) }
    let first = try context.db.input(call[inputs[0].argument])
    if inputs.count == 1 { return min(limit, first.count) }
    let second = try context.db.input(call[inputs[1].argument])
    var count = 0
    first.forEach(in: second) { _, _, other in
      if other != nil { count += 1 }
      return count < limit
    }
    return count
  }

  private func union(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) -> ScoreTable {
    var scores = ScoreTable()
    let aggregate = self.aggregate
    for input in inputs {
      let view = try context.db.input(call[input.argument])
      view.merge(into: &scores) { old, score in
        let score = Self.weigh(score, input)
        if let old { return aggregate(old, score) }
        return score
      }
    }
    return scores
  }

  /// The result of the first input and the second, if there is one.
  private func firstTwo(_ call: borrowing Call, _ context: borrowing Context) throws(CommandError) -> ScoreTable {
    let first = try context.db.input(call[inputs[0].argument])
    let input = inputs[0]
    var scores = ScoreTable()
    if inputs.count == 1 {
      first.merge(into: &scores) { _, score in Self.weigh(score, input) }
      return scores
    }
    let second = try context.db.input(call[inputs[1].argument])
    let (aggregate, operation, weight) = (self.aggregate, self.operation, inputs[1].weight)
    first.forEach(in: second) { member, score, other in
      if (other != nil) != (operation == .intersection) { return true }
      var score = Self.weigh(score, input)
      if let other { score = aggregate(score, other * weight) }
      scores.update(member) { _ in score }
      return true
    }
    return scores
  }

  /// Of a result so far, what another input leaves.
  private func filter(
    _ scores: borrowing ScoreTable, _ call: borrowing Call, _ context: borrowing Context, _ input: Input
  ) throws(CommandError) -> ScoreTable {
    let view = try context.db.input(call[input.argument])
    let (aggregate, operation) = (self.aggregate, self.operation)
    var left = ScoreTable()
    scores.forEach { member, score in
      let other = view.score(of: member)
      if (other != nil) != (operation == .intersection) { return }
      var score = score
      if let other { score = aggregate(score, other * input.weight) }
      left.update(member) { _ in score }
    }
    return left
  }

  /// A score times the weight of its input; what is no number counts as 0.
  private static func weigh(_ score: Double, _ input: Input) -> Double {
    let product = score * input.weight
    return product.isNaN ? 0 : product
  }
}

/// ZUNION, ZINTER and ZDIFF.
func replyCombination(
  _ call: borrowing Call, _ context: inout Context, _ operation: CombineOperation, command: StaticString
) throws(CommandError) {
  let query = try CombineQuery(call, context, from: 1, operation, .reply, command: command)
  let scores = try query.result(call, context)
  let members = MemberReply(reply: context.reply, withScores: query.withScores)
  members.begin(scores.count)
  scores.forEachSorted { member, score in members.add(.bytes(member), score) }
}

/// ZUNIONSTORE, ZINTERSTORE and ZDIFFSTORE, whose names are those of their events, too.
func storeCombination(
  _ call: borrowing Call, _ context: inout Context, _ operation: CombineOperation, command: StaticString
) throws(CommandError) {
  let query = try CombineQuery(call, context, from: 2, operation, .store, command: command)
  let result = SortedSetValue(try query.result(call, context))
  storeResult(result, call[1], &context, event: command)
}
