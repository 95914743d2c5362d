import Containers
import ServerKernel

/// Clients that wait for replicas, or disks, to have what they wrote (WAIT, WAITAOF).
final class Acknowledgements {
  struct Wait {
    let client: Client
    /// Whether what it waits for has come about.
    let isMet: () -> Bool
    /// Writes what it is answered, then or as its time is over.
    let write: (Reply) -> Void
  }

  private unowned let replication: Replication
  private var waits: [Wait] = []
  /// Replicas are asked how far they are at the end of the tick.
  private var asksSoon = false

  init(_ replication: Replication) { self.replication = replication }

  /// How many replicas have the stream up to `offset`.
  func count(upTo offset: Int64) -> Int {
    replication.replicas.all.count { $0.isOnline && $0.acknowledged >= offset }
  }

  /// How many have it on disk.
  func durableCount(upTo offset: Int64) -> Int {
    replication.replicas.all.count { $0.isOnline && $0.durable.map { $0 >= offset } ?? false }
  }

  /// Answers a call at once if what it waits for has come about, or else as that does.
  func wait(_ wait: Wait, _ call: borrowing Call, milliseconds: Int64, _ context: inout Context) {
    if wait.isMet() || !context.mayBlock { return wait.write(context.reply) }
    context.wait(
      call, milliseconds: milliseconds,
      onTimeout: .written { [unowned self] reply in
        forget(wait.client)
        wait.write(reply)
      })
    waits.append(wait)
    ask()
  }

  /// Replicas tell how far they are as soon as they have read what is in the stream now. Not while clients are paused:
  /// nothing is written to it then.
  private func ask() {
    if asksSoon { return }
    asksSoon = true
    replication.server.timers.add(milliseconds: 0) { [unowned self] server in
      asksSoon = false
      if waits.isEmpty { return }
      if server.pausing.isPausing { return ask(after: 10) }
      replication.stream.add(Bytes("*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n"))
    }
  }

  private func ask(after milliseconds: Int64) {
    replication.server.timers.add(milliseconds: milliseconds) { [unowned self] _ in if !waits.isEmpty { ask() } }
  }

  /// A replica has told how far it is, or a disk has more.
  func arrived() {
    if waits.isEmpty { return }
    for wait in waits where wait.isMet() { replication.server.resume(wait.client, reply: wait.write) }
    waits.removeAll { !$0.client.isBlocked }
  }

  /// A client waits no longer.
  func forget(_ client: Client) { waits.removeAll { $0.client == client } }
}
