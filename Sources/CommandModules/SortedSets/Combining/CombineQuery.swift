import Containers
import ServerKernel

/// How members of several values make one result.
enum CombineOperation {
  case union, intersection, difference
}

/// How the scores of a member in several values make one score.
enum Aggregate {
  case sum, min, max

  func callAsFunction(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .sum:
      // Infinities of both signs cancel.
      let sum = left + right
      return sum.isNaN ? 0 : sum
    case .min: return right < left ? right : left
    case .max: return right > left ? right : left
    }
  }
}

/// What commands that combine several values ask for: `numkeys key [key ...]` and options.
struct CombineQuery {
  struct Input {
    /// The argument that is the key.
    var argument: Int
    var count: Int
    var weight = 1.0
  }

  /// What a command is to do with the result, which decides the options that it has.
  enum Use {
    case reply, store, count
  }

  let operation: CombineOperation
  private(set) var inputs: [Input] = []
  private(set) var aggregate = Aggregate.sum
  private(set) var withScores = false
  /// The most members that are counted; 0 for all.
  private(set) var limit = 0

  /// Reads a call whose number of keys is the argument `first`. Throws WRONGTYPE for keys without members.
  init(
    _ call: borrowing Call, _ context: borrowing Context, from first: Int, _ operation: CombineOperation, _ use: Use,
    command: StaticString
  ) throws(CommandError) {
    self.operation = operation
    let number = try call.integer(first)
    if number < 1 { throw .text("ERR at least 1 input key is needed for '\(command)' command") }
    if number > call.count - first - 1 { throw .syntax }
    let end = first + 1 + Int(number)
    for argument in first + 1..<end {
      inputs.append(Input(argument: argument, count: try context.db.input(call[argument]).count))
    }
    var index = end
    while index < call.count { index = try readOption(call, index, use) }
    // From the smallest on, those of a size in the order of the call.
    if operation != .difference {
      inputs.sort { ($0.count, $0.argument) < ($1.count, $1.argument) }
    }
  }

  /// Reads an option; returns the argument that follows it.
  private mutating func readOption(_ call: borrowing Call, _ index: Int, _ use: Use) throws(CommandError) -> Int {
    let remaining = call.count - index
    let takesWeights = operation != .difference && use != .count
    if takesWeights && remaining > inputs.count && call.matches(index, "WEIGHTS") {
      for number in inputs.indices {
        guard let weight = call[index + 1 + number].double else { throw .literal("ERR weight value is not a float") }
        inputs[number].weight = weight
      }
      return index + 1 + inputs.count
    }
    if takesWeights && remaining >= 2 && call.matches(index, "AGGREGATE") {
      if call.matches(index + 1, "SUM") {
        aggregate = .sum
      } else if call.matches(index + 1, "MIN") {
        aggregate = .min
      } else if call.matches(index + 1, "MAX") {
        aggregate = .max
      } else {
        throw .syntax
      }
      return index + 2
    }
    if use == .reply && call.matches(index, "WITHSCORES") {
      withScores = true
      return index + 1
    }
    if use == .count && remaining >= 2 && call.matches(index, "LIMIT") {
      guard let number = call[index + 1].integer, number >= 0 else { throw .literal("ERR LIMIT can't be negative") }
      limit = Int(number)
      return index + 2
    }
    throw .syntax
  }
}
