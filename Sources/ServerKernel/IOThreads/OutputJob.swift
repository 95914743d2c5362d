import Containers

/// Outputs to be sent, which move into the job and, as far as they were not, back again.
final class OutputJob {
  /// Outputs that one job may have.
  static let capacity = 64

  struct Part: ~Copyable {
    let client: Client
    let transport: Transport
    /// The client is closed once it has got it.
    let isLast: Bool
    var output: OutputBuffer
    private(set) var outcome = SendOutcome()

    /// Takes of a client what is to be sent to it next.
    init(_ client: Client) {
      let place = client.place
      self.client = client
      transport = place.value.connection.transport
      isLast = place.value.closesAfterReply
      output = place.value.session?.unsent?.take() ?? place.value.output.handOver()
    }

    /// Sends it as far as the connection takes it. Returns whether nothing is left to be done for the client.
    mutating func send() -> Bool {
      outcome = transport.sendAll(&output)
      return output.unsent == 0 && !isLast
    }
  }

  private var parts = SlotList<Part>(capacity: capacity)

  /// How many outputs it has.
  var count: Int { parts.count }

  /// Has `body` add outputs, or see to each of them.
  func withParts(_ body: (inout SlotList<Part>) -> Void) { body(&parts) }

  /// Sends each as far as its connection takes it, and returns whether nothing is left to be done for any of the
  /// clients. Any thread, one at a time.
  func run() -> Bool {
    var isSent = true
    withParts { parts in
      for index in 0..<parts.count where !parts[index].send() { isSent = false }
    }
    return isSent
  }

  /// Empties it for the next outputs; its memory stays.
  func removeAll() { parts.removeAll() }
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
