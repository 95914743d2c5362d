import Containers
import ServerKernel
import StreamValues

/// The options that XADD and XTRIM have in common: `[KEEPREF|DELREF|ACKED] MAXLEN|MINID [=|~] threshold [LIMIT count]`.
struct TrimOptions {
  /// Which entries go; nil for none.
  var trim: Stream.Trim?
  /// Only whole nodes go.
  var isApproximate = false
  /// How many entries go at most; 0 stands for any number.
  var limit = 0
  /// What becomes of groups' references to entries that go; nil when the call does not say.
  var policy: ReferencePolicy?
  /// The arguments that are the strategy, the threshold and, if it is there, `~`.
  var strategy = 0
  var threshold = 0
  var approximation = 0
  /// `NOMKSTREAM`, of XADD.
  var createsNoStream = false
  /// The first argument behind the options.
  var end = 2

  /// Reads the options; those of XADD end at the first word that is none.
  init(_ call: borrowing Call, _ context: borrowing Context, isAdding: Bool) throws(CommandError) {
    var givenLimit: Int64?
    while end < call.count {
      let hasMore = end + 1 < call.count
      if isAdding && call[end] == Bytes("*") { break }
      if hasMore && call.matches(end, "MAXLEN") {
        try readOperator(call)
        let length = try call.integer(end)
        if length < 0 { throw .literal("ERR The MAXLEN argument must be >= 0.") }
        trim = .length(Int(length))
      } else if hasMore && call.matches(end, "MINID") {
        try readOperator(call)
        trim = .before(try call.id(end))
      } else if hasMore && call.matches(end, "LIMIT") {
        end += 1
        let number = try call.integer(end)
        if number < 0 { throw .literal("ERR The LIMIT argument must be >= 0.") }
        givenLimit = number
      } else if policy == nil, let given = call.referencePolicy(end) {
        policy = given
      } else if isAdding && call.matches(end, "NOMKSTREAM") {
        createsNoStream = true
      } else if isAdding {
        break
      } else {
        throw .syntax
      }
      end += 1
    }
    // What follows the options is looked at first.
    if isAdding && end < call.count && call[end] != Bytes("*") && call.timeAlone(end) == nil { _ = try call.id(end) }
    if trim == nil && givenLimit ?? 0 != 0 {
      throw .literal("ERR syntax error, LIMIT cannot be used without specifying a trimming strategy")
    }
    if trim == nil && !isAdding {
      throw .literal("ERR syntax error, XTRIM must be called with a trimming strategy")
    }
    // What was trimmed elsewhere is trimmed here, however much it is.
    if context.origin.mustBeObeyed { return }
    if let givenLimit {
      if !isApproximate {
        throw .literal("ERR syntax error, LIMIT cannot be used without the special ~ option")
      }
      limit = Int(givenLimit)
    } else if isApproximate {
      // A hundred nodes: nobody is to wait longer.
      let (entries, overflow) = StreamValue.nodeEntries.multipliedReportingOverflow(by: 100)
      limit = entries <= 0 || overflow ? 10_000 : min(entries, 1_000_000)
    }
  }

  /// Reads `=` or `~`, and comes to the threshold.
  private mutating func readOperator(_ call: borrowing Call) throws(CommandError) {
    if trim != nil {
      throw .literal("ERR syntax error, MAXLEN and MINID options at the same time are not compatible")
    }
    strategy = end
    end += 1
    isApproximate = false
    if end + 1 < call.count {
      if call[end] == Bytes("~") {
        isApproximate = true
        approximation = end
        end += 1
      } else if call[end] == Bytes("=") {
        end += 1
      }
    }
    threshold = end
  }

  /// Trims a stream; returns how many entries went.
  func apply(to stream: inout Stream) -> Int {
    guard let trim else { return 0 }
    return stream.trim(trim, wholeNodes: isApproximate, limit: limit, policy ?? .keep)
  }

  /// Journals an argument of a call that trimmed approximately as the exact one that had the same effect; false for one
  /// that stays as it is.
  func journal(_ index: Int, _ stream: borrowing Stream, to journal: Journal) -> Bool {
    guard isApproximate, let trim else { return false }
    if index == approximation {
      journal.argument(Bytes("="))
      return true
    }
    // With ACKED the first entry may be one that was passed over; how many are left tells in any case which went.
    var trimsByLength = policy == .needNone
    if case .length = trim { trimsByLength = true }
    if index == strategy && trimsByLength {
      journal.argument(Bytes("MAXLEN"))
    } else if index == threshold && trimsByLength {
      journal.argument(Int64(stream.count))
    } else if index == threshold {
      let text = StreamIDText(stream.firstStoredID ?? .max)
      journal.argument(text.bytes)
    } else {
      return false
    }
    return true
  }
}
