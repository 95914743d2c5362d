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
  /// While a command runs whose reply is withheld: where in the output that begins.
  var withheldFrom: Int?
}

extension Client {
  /// Switches replies on or off, or skips the next one.
  public func setReplies(_ mode: ReplyMode) {
    switch mode {
    case .on:
      guard place.value.gate.contains(.muted) else { return }
      session.muted.isOff = false
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

  /// Whether replies reach the client: not after CLIENT REPLY OFF.
  public var getsReplies: Bool { !(place.value.session?.muted.isOff ?? false) }

  /// Takes back what was written since the last time if replies are withheld now; what follows is judged anew.
  func settleReplies() {
    guard place.value.gate.contains(.muted) else { return }
    let muted = session.muted
    if muted.isOff || muted.skipsCurrent, let start = muted.withheldFrom { place.value.output.takeBack(to: start) }
    session.muted.withheldFrom = place.value.output.buffer.count
  }

  /// Sends what the client did not ask for, complete values in its protocol: it arrives even where replies are
  /// withheld.
  public func push(_ message: borrowing Bytes) {
    // It gets what it was promised before, and no more.
    if place.value.gate.contains(.closing) { return }
    if place.value.gate.contains(.muted), let start = session.muted.withheldFrom {
      reply.insert(message, at: start)
      session.muted.withheldFrom = start + message.count
    } else {
      reply.raw(message)
    }
    let server = place.value.server
    if place.value.output.buffer.count > server.state.value.outputLimit { server.checkOutputLimit(self) }
  }
}

extension Server {
  /// Executes a request of a client whose replies are withheld: what it wrote is taken back, all but pushes.
  func processMuted(
    _ entry: CommandHandle?, _ call: borrowing Call, _ raw: borrowing Bytes,
    _ context: inout Context
  ) -> Bool {
    let client = context.client
    let session = client.session
    session.muted.skipsCurrent = session.muted.skipsNext
    session.muted.skipsNext = false
    client.settleReplies()
    let isDone = processRequest(entry, call, raw, &context)
    client.settleReplies()
    if !isDone && session.muted.skipsCurrent { session.muted.skipsNext = true }
    session.muted.withheldFrom = nil
    session.muted.skipsCurrent = false
    if !session.muted.isOff && !session.muted.skipsNext { client.place.value.gate.remove(.muted) }
    return isDone
  }
}
