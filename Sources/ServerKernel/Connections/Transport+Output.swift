import Containers

/// How far an output was sent.
struct SendOutcome {
  var bytes = 0
  var calls = 0
  var error: SystemError?
}

extension Transport {
  /// Sends as much of an output as the connection takes.
  func sendAll(_ output: inout OutputBuffer) -> SendOutcome {
    var outcome = SendOutcome()
    while output.unsent > 0 {
      switch send(output) {
      case .bytes(let count):
        output.didSend(count)
        outcome.bytes += count
        outcome.calls += 1
      case .failed(let error):
        outcome.error = error
        return outcome
      case .nothing, .ended: return outcome
      }
    }
    return outcome
  }
}
