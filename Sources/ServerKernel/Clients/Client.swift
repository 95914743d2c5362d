// Unsafe: a client's state lies at a manually managed place; the loop frees it between ticks only.

import Containers

/// A connected client; a handle that is free to copy, valid for the tick in which it was obtained.
@safe
public struct Client: Equatable {
  let place: Place<ClientState>

  init(_ place: Place<ClientState>) { self.place = place }

  /// A number that no other client of this process ever had.
  public var id: UInt64 { place.value.id }

  /// Writes what the client did not ask for: pub/sub messages and the like. Also its replies, but commands use
  /// `context.reply`.
  public var reply: Reply { Reply(place) }

  /// Whether the client has switched to RESP3.
  public var isRESP3: Bool { place.value.output.isRESP3 }

  /// The number of the selected database.
  public var databaseNumber: Int { place.value.database.value.number }

  /// Whether the client has a connection: scripts' and the replay's clients have none.
  public var isConnected: Bool { place.value.connection.transport.descriptor >= 0 }

  /// Whether the client is inside MULTI.
  public var isInTransaction: Bool { place.value.gate.contains(.inTransaction) }

  var session: ClientSession {
    if let session = place.value.session { return session }
    let session = ClientSession()
    place.value.session = session
    return session
  }

  /// The state of a type that a module keeps for this client, made on first use and dropped with the client.
  public func attachment<State: AnyObject>(_ type: State.Type, default make: () -> State) -> State {
    if let state = session.attachments[ObjectIdentifier(type)] as? State { return state }
    let state = make()
    session.attachments[ObjectIdentifier(type)] = state
    return state
  }

  /// The attached state if there is any.
  public func attachment<State: AnyObject>(_ type: State.Type) -> State? {
    place.value.session?.attachments[ObjectIdentifier(type)] as? State
  }

  /// Forgets what a module keeps about the client; nothing happens when it keeps nothing.
  public func removeAttachment<State: AnyObject>(_ type: State.Type) {
    place.value.session?.attachments[ObjectIdentifier(type)] = nil
  }

  /// Selects a database; false when the number is out of range.
  public func select(_ number: Int) -> Bool {
    guard let database = place.value.server.databaseState(number) else { return false }
    place.value.database = database
    return true
  }

  /// Switches between RESP2 and RESP3.
  public func setRESP3(_ isRESP3: Bool) {
    place.value.output.isRESP3 = isRESP3
    updateSubscribedGate()
  }

  /// Closes the connection once everything written so far is sent.
  public func closeAfterReply() {
    place.value.closesAfterReply = true
    place.value.gate.insert(.closing)
    reply.prepare()
  }

  /// Closes the connection at the end of this tick, without waiting for its output.
  public func close() { place.value.server.scheduleClose(self) }
}
