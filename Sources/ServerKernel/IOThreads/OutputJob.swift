import Containers

/// Outputs to be sent, which move into the job and, as far as they were not, back again.
final class OutputJob {
  /// Outputs that one job may have.
  static let capacity = 64

  struct Part: ~Copyable {
    let client: Client
    let transport: Transport
    var output: OutputBuffer
    var outcome = SendOutcome()
  }

  var parts = SlotList<Part>(capacity: capacity)

  /// Sends each as far as its connection takes it. Any thread, one at a time.
  func run() { forEach { $0.outcome = $0.transport.sendAll(&$0.output) } }

  func forEach(_ body: (inout Part) -> Void) { Self.forEach(&parts, body) }

  // One access to what the object keeps, and not one for each part.
  private static func forEach(_ parts: inout SlotList<Part>, _ body: (inout Part) -> Void) {
    for index in 0..<parts.count { body(&parts[index]) }
  }
}

/// What an I/O thread could not send of a client's output: it comes before what was replied since.
final class UnsentOutput {
  var output: OutputBuffer

  init(_ output: consuming OutputBuffer) { self.output = output }

  func take() -> OutputBuffer {
    var taken = OutputBuffer()
    swap(&taken, &output)
    return taken
  }
}
