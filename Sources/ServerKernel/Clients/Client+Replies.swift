import Containers

/// CLIENT REPLY: which replies a client gets.
public enum ReplyMode: Sendable {
  case on, off
  /// All but the next command's.
  case skipNext
}

/// What a client whose replies are withheld keeps beside its output.
struct MutedState {
  var isOff = false
  var skipsNext = false
  var skipsCurrent = false
  /// While a command runs whose reply is withheld: what is sent nevertheless.
  var pushes: [UInt8]?
}

extension Client {
  /// Switches replies on or off, or skips the next one.
  public func setReplies(_ mode: ReplyMode) {
    switch mode {
    case .on:
      guard place.value.gate.contains(.muted) else { return }
      session.muted.isOff = false
      session.muted.skipsNext = false
      session.muted.skipsCurrent = false
    case .off:
      session.muted.isOff = true
      place.value.gate.insert(.muted)
    case .skipNext:
      if session.muted.isOff { return }
      session.muted.skipsNext = true
      place.value.gate.insert(.muted)
    }
  }

  /// Sends what the client did not ask for, complete values in its protocol: it arrives even where replies are
  /// withheld.
  public func push(_ message: borrowing Bytes) {
    if place.value.gate.contains(.muted), session.muted.pushes != nil {
      session.muted.pushes?.append(contentsOf: message.array)
      return
    }
    reply.raw(message)
    let server = place.value.server
    if place.value.output.buffer.count > server.state.value.outputLimit { server.checkOutputLimit(self) }
  }
}

extension Server {
  /// Executes a request of a client whose replies are withheld: what it wrote is taken back, all but pushes.
  func processMuted(
    _ entry: UnsafeMutablePointer<CommandEntry>?, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) -> Bool {
    let client = context.client
    let session = client.session
    session.muted.skipsCurrent = session.muted.skipsNext
    session.muted.skipsNext = false
    session.muted.pushes = []
    let start = client.place.value.output.buffer.count
    let isDone = unsafe processRequest(entry, call, raw, &context)
    if !isDone && session.muted.skipsCurrent { session.muted.skipsNext = true }
    let pushes = session.muted.pushes ?? []
    session.muted.pushes = nil
    if session.muted.isOff || session.muted.skipsCurrent {
      client.place.value.output.buffer.truncate(to: start)
      if !pushes.isEmpty { client.reply.raw(pushes.bytes) }
    } else if !pushes.isEmpty {
      client.reply.raw(pushes.bytes)
    }
    session.muted.skipsCurrent = false
    if !session.muted.isOff && !session.muted.skipsNext { client.place.value.gate.remove(.muted) }
    return isDone
  }
}
