// Unsafe: reads go straight to the memory of the batch and of the connection.

import Containers

extension Connection {
  /// One read takes at most this much, bytes.
  static let readSize = 64 << 10
  /// The first read of a request that is probably large takes no more than this: the rest goes straight to where it
  /// is kept.
  private static let headSize = 8 << 10
  /// One read of a large argument takes at most this much, bytes.
  private static let largeReadSize = 1 << 20

  /// Reads what has arrived, and adds the requests in it to a batch that has room for it.
  mutating func read(of client: Client, _ rules: InputRules, into batch: inout RequestBatch) {
    if let partial, partial.lacking > 0 {
      guard readLarge(partial, rules, &batch) else { return }
      if !rules.isWaiting { parseInput(of: client, rules, into: &batch) }
    } else if input.isEmpty && !rules.isWaiting {
      let start = unsafe batch.freeSpace
      let room = lastLarge > 0 ? Self.headSize : Self.readSize
      guard let count = unsafe take(transport.read(to: start, atMost: room), of: room, rules, &batch) else { return }
      batch.spaceUsed += count
      chunk = unsafe InputChunk(start, count: count)
      parse(of: client, rules, into: &batch)
    } else if readBehindInput(rules, &batch) && !rules.isWaiting {
      parseInput(of: client, rules, into: &batch)
    }
  }

  /// Drops what has arrived.
  mutating func discard(_ rules: InputRules, _ batch: inout RequestBatch) {
    _ = unsafe take(transport.read(to: batch.freeSpace, atMost: Self.readSize), of: Self.readSize, rules, &batch)
  }

  /// Adds to the batch the requests in what arrived earlier.
  mutating func parseInput(of client: Client, _ rules: InputRules, into batch: inout RequestBatch) {
    chunk = unsafe InputChunk(input.start.unsafelyUnwrapped, count: input.count)
    parse(of: client, rules, into: &batch)
  }

  /// Reads behind what has arrived already; false when nothing came.
  private mutating func readBehindInput(_ rules: InputRules, _ batch: inout RequestBatch) -> Bool {
    // As much as may be kept, and one byte that tells that there is more.
    let room = min(Self.readSize - 1, max(0, rules.bufferLimit - inputCount)) + 1
    let space = unsafe input.space(for: Self.readSize)
    let outcome = unsafe transport.read(to: space, atMost: room)
    guard let count = take(outcome, of: room, rules, &batch) else { return false }
    input.advance(by: count)
    return true
  }

  /// Reads more of a large argument to where it is kept; whether it is there now, and the request can be gone on with.
  private mutating func readLarge(
    _ partial: PartialRequest, _ rules: InputRules, _ batch: inout RequestBatch
  ) -> Bool {
    let room = min(partial.readable, Self.largeReadSize, max(0, rules.bufferLimit - inputCount) + 1)
    let space = unsafe partial.space(for: room)
    let outcome = unsafe transport.read(to: space, atMost: room)
    guard let count = take(outcome, of: room, rules, &batch) else { return false }
    partial.advance(by: count)
    if partial.lacking > 0 { return false }
    lastLarge = UInt32(clamping: partial.collectedCount)
    return true
  }

  /// How many bytes a read brought that had so much room; nil when there were none, or the connection has ended.
  private mutating func take(
    _ outcome: TransferOutcome, of room: Int, _ rules: InputRules, _ batch: inout RequestBatch
  ) -> Int? {
    mayHaveMore = false
    switch outcome {
    case .bytes(let count):
      mayHaveMore = count == room || rules.hasHungUp
      if rules.isObeyed { batch.traffic.sourceBytesRead += count } else { batch.traffic.bytesRead += count }
      batch.traffic.reads += 1
      lastInteraction = batch.unixSeconds
      return count
    case .nothing: return nil
    case .ended:
      end = .closed
      return nil
    case .failed(let error):
      end = .failed(error)
      return nil
    }
  }
}
