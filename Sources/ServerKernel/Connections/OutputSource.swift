import Containers

/// Bytes that a connection is sent behind its replies from where they lie: a stream that several clients read, each at
/// its own place, or a large file.
///
/// Used on the command thread, while output is written.
public protocol OutputSource: AnyObject {
  /// Bytes that wait, whether they can be sent now or not: those that the client's output limit counts.
  var waitingBytes: Int { get }

  /// Passes the next bytes that can be sent to `send`, which takes some and tells how many; nothing when there are none
  /// now. Returns what `send` did, 0 without a call.
  func sendNext(_ send: (borrowing Bytes) -> Int) -> Int
}

extension Client {
  /// Has what `source` gives follow all replies from now on, or no more with nil.
  ///
  /// The client is not expected to send what is replied to: such a reply would stand amid what the source gives, so it
  /// closes the connection.
  public func setOutputSource(_ source: (any OutputSource)?) {
    session.outputSource = source
    session.hasSourceBegun = false
    setGate(.hasSource, source != nil)
    if source != nil { outputSourceHasMore() }
  }

  /// Its output source has bytes that can be sent: they are, with this tick's replies or when there is room.
  public func outputSourceHasMore() {
    if place.value.gate.contains(.closing) { return }
    if !place.value.output.isScheduled {
      place.value.output.isScheduled = true
      place.value.server.loop.state.value.scheduledOutput.append(self)
    }
    let server = place.value.server
    if place.value.waitingOutput > server.state.value.outputLimit { server.checkOutputLimit(self) }
  }
}

extension EventLoop {
  /// Bytes that a source sends in a tick at most: meanwhile all others wait.
  private static let sourceShare = 128 << 10

  /// Closes a client that was replied to amid what its source gives; whether it was.
  func refusesReply(_ client: Client) -> Bool {
    guard client.place.value.session?.hasSourceBegun ?? false else { return false }
    Log.warning("Replica generated a reply, possibly by sending a command on its link: \(server.describe(client))")
    server.scheduleClose(client)
    return true
  }

  /// Sends what a client's source has; false when the rest has to wait for the connection or the next tick, or that
  /// has ended.
  func writeSource(_ client: Client) -> Bool {
    let place = client.place
    guard let source = place.value.session?.outputSource else { return true }
    let transport = place.value.connection.transport
    var left = Self.sourceShare
    while left > 0 {
      var error: SystemError?
      let count = source.sendNext { bytes in
        switch transport.send(bytes[0..<min(left, bytes.count)]) {
        case .bytes(let count): return count
        case .failed(let failure): error = failure
        case .nothing, .ended: break
        }
        return -1
      }
      if count == 0 { return true }
      if let error {
        writingFailed(client, error)
        return true
      }
      if count < 0 { return false }
      place.value.session?.hasSourceBegun = true
      noteSent(count, to: client)
      left -= count
    }
    return false
  }
}
