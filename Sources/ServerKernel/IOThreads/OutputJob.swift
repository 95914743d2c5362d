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

  private(set) var parts = SlotList<Part>(capacity: capacity)
  /// Clients are closed once they have got theirs.
  private var closesClients = false

  /// Takes a client's output. `isLast`: the client is closed once it is sent.
  func add(_ client: Client, _ output: consuming OutputBuffer, isLast: Bool) {
    parts.append(Part(client: client, transport: client.place.value.connection.transport, output: output))
    if isLast { closesClients = true }
  }

  /// Sends each as far as its connection takes it, and returns whether nothing is left to be done for any of the
  /// clients. Any thread, one at a time.
  func run() -> Bool {
    var isSent = !closesClients
    forEach { part in
      part.outcome = part.transport.sendAll(&part.output)
      if part.output.unsent > 0 { isSent = false }
    }
    return isSent
  }

  /// Empties it for the next outputs; its memory stays.
  func removeAll() {
    parts.removeAll()
    closesClients = false
  }

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
