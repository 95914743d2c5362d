import Containers
import ServerKernel

/// Clients that wait for replicas to have what they wrote (WAIT).
final class Acknowledgements {
  private struct Wait {
    let client: Client
    let offset: Int64
    let count: Int
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

  /// A client waits, and is answered by `arrived` or as its time is over.
  func add(_ client: Client, offset: Int64, count: Int) {
    waits.append(Wait(client: client, offset: offset, count: count))
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

  /// A replica has told how far it is.
  func arrived() {
    if waits.isEmpty { return }
    for wait in waits {
      let count = count(upTo: wait.offset)
      if count >= wait.count { replication.server.resume(wait.client) { $0.integer(count) } }
    }
    waits.removeAll { !$0.client.isBlocked }
  }

  /// A client waits no longer.
  func forget(_ client: Client) { waits.removeAll { $0.client == client } }
}
