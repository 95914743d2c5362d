import Containers
import ServerKernel
import SortedSetValues

/// The words before the first score of ZADD; ZINCRBY is read as if it had them, too, as in Redis.
struct AddOptions {
  private(set) var condition: ScoreCondition = []
  /// `CH`: members with another score are counted as well.
  private(set) var countsUpdates = false
  /// `INCR`: the score is added to the present one, which is the reply.
  private(set) var isIncrement: Bool
  /// The argument that is the first score.
  private(set) var first = 2

  init(_ call: borrowing Call, isIncrement: Bool = false) throws(CommandError) {
    self.isIncrement = isIncrement
    while first < call.count, readWord(call) { first += 1 }
    let count = call.count - first
    if count == 0 || count % 2 == 1 { throw .syntax }
    if condition.isSuperset(of: [.isNew, .isThere]) {
      throw .literal("ERR XX and NX options at the same time are not compatible")
    }
    let isHigher = condition.contains(.isHigher), isLower = condition.contains(.isLower)
    if (isHigher && isLower) || ((isHigher || isLower) && condition.contains(.isNew)) {
      throw .literal("ERR GT, LT, and/or NX options at the same time are not compatible")
    }
    if self.isIncrement && count > 2 { throw .literal("ERR INCR option supports a single increment-element pair") }
  }

  private mutating func readWord(_ call: borrowing Call) -> Bool {
    let word = call[first]
    // Scores begin with other bytes than the words, but for "inf".
    guard let start = word.count > 0 ? word[0] | 32 : nil, start >= UInt8(ascii: "c") else { return false }
    if word.equalsIgnoringCase("NX") {
      condition.insert(.isNew)
    } else if word.equalsIgnoringCase("XX") {
      condition.insert(.isThere)
    } else if word.equalsIgnoringCase("CH") {
      countsUpdates = true
    } else if word.equalsIgnoringCase("INCR") {
      isIncrement = true
    } else if word.equalsIgnoringCase("GT") {
      condition.insert(.isHigher)
    } else if word.equalsIgnoringCase("LT") {
      condition.insert(.isLower)
    } else {
      return false
    }
    return true
  }
}

extension Call {
  /// The argument as a floating-point number.
  func double(_ index: Int) throws(CommandError) -> Double {
    guard let number = self[index].double else { throw .notFloat }
    return number
  }
}

/// What became of the members of a call.
private struct AddResult {
  var added = 0
  var updated = 0
  /// The sum, if it was taken.
  var sum: Double?
}

/// ZADD and ZINCRBY.
func addMembers(
  _ call: borrowing Call, _ context: inout Context, _ options: AddOptions
) throws(CommandError) {
  // No score is wrong before anything is changed.
  let first = try call.double(options.first)
  for index in stride(from: options.first + 2, to: call.count, by: 2) { _ = try call.double(index) }
  var result = AddResult()
  if options.condition.contains(.isThere) {
    result =
      try context.db.updateExisting(SortedSetValue.self, call[1]) { set, change throws(CommandError) in
        try set.add(call, options, first, &change)
      } ?? result
  } else {
    result = try context.db.update(SortedSetValue.self, call[1]) { set, change throws(CommandError) in
      try set.add(call, options, first, &change)
    }
  }
  if !options.isIncrement {
    context.reply.integer(options.countsUpdates ? result.added + result.updated : result.added)
  } else if let sum = result.sum {
    context.reply.double(sum)
  } else {
    context.reply.null()
  }
}

extension SortedSetValue {
  /// Adds the members of a call, of which `first` is the first one's score.
  fileprivate mutating func add(
    _ call: borrowing Call, _ options: AddOptions, _ first: Double, _ change: inout Change
  ) throws(CommandError) -> AddResult {
    var result = AddResult()
    var index = options.first
    while index < call.count {
      let score = index == options.first ? first : try call.double(index)
      var outcome: ScoreOutcome
      if options.isIncrement {
        let (made, sum) = increment(call[index + 1], by: score, if: options.condition)
        outcome = made
        if outcome == .notANumber { throw .literal("ERR resulting score is not a number (NaN)") }
        if outcome != .refused { result.sum = sum }
      } else {
        outcome = set(call[index + 1], score, if: options.condition)
      }
      if outcome == .added { result.added += 1 }
      if outcome == .updated { result.updated += 1 }
      index += 2
    }
    change.record(.sortedSet(options.isIncrement ? "zincr" : "zadd"), by: result.added + result.updated)
    return result
  }
}
