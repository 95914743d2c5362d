// Unsafe: requests are taken apart where they lie.

import Containers

extension Connection {
  /// Requests of one connection that are executed before others have their turn.
  private static let mostRequests = 1024

  /// Adds the requests in the chunk to the batch.
  mutating func parse(of client: Client, _ rules: InputRules, into batch: inout RequestBatch) {
    var position = unsafe UnsafeRawPointer(bitPattern: chunk.start).unsafelyUnwrapped
    let end = unsafe UnsafeRawPointer(bitPattern: chunk.end).unsafelyUnwrapped
    hasPostponed = false
    isInBatch = true
    batch.clients.append(client)
    var parsed = 0
    do throws(ProtocolError) {
      while unsafe position < end {
        let first = batch.parser.count
        if let next = unsafe batch.parser.parseShort(position, end) {
          unsafe batch.add(client, first, position, next, isMultibulk: true)
          parsed &+= 1
          unsafe position = unsafe next
        } else {
          switch unsafe try batch.parser.parse(position, end, partial(at: position), rules.limits) {
          case .complete(let next, let isMultibulk):
            if batch.parser.count > first {
              if rules.isObeyed && !isMultibulk {
                throw ProtocolError(text: "Master using the inline protocol. Desync?")
              }
              unsafe batch.add(client, first, position, next, isMultibulk: isMultibulk)
              parsed += 1
            }
            unsafe position = next
          case .incomplete(let partial):
            chunk.parsedTo = UInt(bitPattern: position)
            // One that is complete may have to wait, and this is parsed again then.
            if self.partial?.isComplete ?? false { return }
            partial?.start = Int(chunk.parsedTo - chunk.start)
            self.partial = partial
            return
          }
        }
        if parsed >= Self.mostRequests { break }
      }
      chunk.parsedTo = UInt(bitPattern: position)
      chunk.isCutShort = unsafe position < end
    } catch {
      chunk.parsedTo = UInt(bitPattern: position)
      // The bytes may not outlive the batch.
      let rest = unsafe Bytes(unsafeStart: position, count: min(80, end - position))
      self.end = .broken(error, shown: Self.escaped(rest), whileAuthenticated: rules.limits.isAuthenticated)
    }
  }

  /// The state of the request that begins here, if a part of it was parsed before.
  @unsafe
  private func partial(at position: UnsafeRawPointer) -> PartialRequest? {
    guard let partial, UInt(bitPattern: position) - chunk.start == UInt(bitPattern: partial.start) else { return nil }
    return partial
  }

  /// Takes the batch's chunk back: what of it was not executed, requests that were put off and the beginning of one
  /// that is still arriving, is kept as input.
  mutating func keepUnexecuted(isObeyed: Bool) {
    let start = chunk.start, done = chunk.executedTo
    // A command source is told the bytes of its requests, so they stay in one piece.
    let end = isObeyed ? chunk.end : collectLarge()
    chunk = InputChunk()
    if let partial {
      // Executed, unless it was put off.
      if partial.isComplete && Int(done - start) > partial.start { self.partial = nil }
      partial.start -= Int(done - start)
    }
    if unsafe !input.isEmpty && UInt(bitPattern: input.start) == start {
      input.removeFirst(Int(done - start))
    } else if done < end {
      let rest = unsafe UnsafeRawPointer(bitPattern: done).unsafelyUnwrapped
      input.append(unsafe Bytes(unsafeStart: rest, count: Int(end - done)))
    }
  }

  /// Gives a large argument that is arriving memory of its own, and moves there what has come of it. Returns where the
  /// rest of the chunk ends.
  private mutating func collectLarge() -> UInt {
    if partial == nil { lastLarge = 0 }
    guard let partial, partial.needsMemory else { return chunk.end }
    let start = chunk.start + UInt(partial.start + partial.offset)
    let address = unsafe UnsafeRawPointer(bitPattern: start).unsafelyUnwrapped
    let arrived = unsafe Bytes(unsafeStart: address, count: Int(chunk.end - start))
    partial.beginCollecting(arrived, expecting: Int(lastLarge))
    if unsafe UInt(bitPattern: input.start) == chunk.start { input.removeLast(arrived.count) }
    return start
  }

  /// Bytes as they appear in the log: what is not printable as escapes.
  static func escaped(_ bytes: borrowing Bytes) -> String {
    var text = ""
    for index in 0..<bytes.count {
      let byte = bytes[index]
      switch byte {
      case 10: text += "\\n"
      case 13: text += "\\r"
      case 32...126: text.unicodeScalars.append(UnicodeScalar(byte))
      default: text += "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return text
  }

  /// Forgets what arrived.
  mutating func dropInput() {
    chunk = InputChunk()
    partial = nil
    input.removeAll()
  }
}
