import Containers

/// Someone whose commands are carried out whatever holds for others, and are not replied to: the primary that this
/// server follows.
///
/// Its commands pass no check, find keys past their time as they are, never block, and go through the same batches as
/// those of other clients. It is told on the command thread, never amid a command.
public protocol CommandSource: AnyObject {
  /// These bytes were executed, all that came since the last time. The first `whole` of them, together with what came
  /// before, end a unit; what follows them is a transaction whose end has not come.
  func didExecute(_ bytes: borrowing Bytes, whole: Int)
  /// A command that was executed replied with this error, without the `-`.
  func didFail(_ error: borrowing Bytes, command: String)
  /// It sent what is no command; the connection is closed.
  func didBreakProtocol()
}

extension Server {
  /// Makes a connection that this server opened a client whose commands are obeyed, beginning with those in `input`,
  /// which has arrived already. Nil, and the connection is closed, when the system cannot watch it.
  public func obey(
    _ source: any CommandSource, _ connection: OutgoingConnection, input: borrowing Bytes, database: Int
  ) -> Client? {
    let (peer, local) = Sockets.addresses(connection.descriptor)
    let descriptor = connection.release()
    guard let client = addClient(descriptor: descriptor, address: peer, localAddress: local, isUnixSocket: false) else {
      Sockets.close(descriptor)
      return nil
    }
    client.role = .primary
    client.session.commandSource = source
    client.setGate(.obeyed, true)
    client.authenticate(as: client.userName)
    _ = client.select(database)
    if !input.isEmpty {
      client.place.value.connection.input.append(input)
      loop.deferInput(client)
    }
    return client
  }
}

extension Client {
  /// When the client sent something last, or was sent something, Unix seconds.
  public var lastInteraction: Int64 { place.value.connection.lastInteraction }

  /// Bytes that arrived from the client and were not executed.
  public var waitingInput: Int { place.value.connection.inputCount }
}
