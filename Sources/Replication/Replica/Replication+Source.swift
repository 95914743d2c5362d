import Containers
import Persistence
import ServerKernel

// Which server this one follows, and what that means for it.
extension Replication {
  /// Follows a primary from now on.
  ///
  /// It is asked to go on where this server is: of the stream that this server's own effects were until now, or of its
  /// former primary's.
  func follow(_ source: ReplicationSource) {
    let wasPrimary = link == nil
    link?.end()
    disconnectBlockedClients()
    if wasPrimary {
      Log.notice(
        "Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to "
          + "synchronize with the new master with just a partial transfer.")
      stream.take(false)
      resumeDatabase = 0
    }
    settings.source.store(source)
    let link = PrimaryLink(self, to: source)
    self.link = link
    server.isReplica = true
    updateReplicaState()
    link.connect()
  }

  /// Follows nobody any more: the stream goes on with this server's own effects, under another name.
  func promote() {
    link?.end()
    link = nil
    settings.source.store(ReplicationSource())
    resumeDatabase = nil
    let end = stream.end
    identity.branch(at: end)
    Log.warning(
      "Setting secondary replication ID to \(identity.previous), valid up to offset: \(end + 1). "
        + "New replication ID is \(identity.current)")
    // They learn of the new name when they come back.
    replicas.disconnectAll()
    replicas.noteEmpty()
    if stream.backlog != nil { stream.open(takingEffects: true) }
    server.isReplica = false
    updateReplicaState()
  }

  /// The data set is about to be another one: nobody can go on with the stream that it came from.
  func leaveStream() {
    resumeDatabase = nil
    replicas.disconnectAll()
    identity.renew()
    stream.close()
  }

  /// Clients that wait for what others write do not wait for what a primary sends.
  private func disconnectBlockedClients() {
    for client in server.clients where client.isBlocked && client.role == .user {
      let error: ErrorText =
        "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"
      if server.unblock(client, error: error) { client.closeAfterReply() }
    }
  }

  /// Takes over what a file says of the stream and begins to follow the primary that the configuration names; called
  /// once the data set is loaded.
  func begin() {
    if server.isLoading {
      server.timers.add(milliseconds: 10) { [unowned self] _ in begin() }
      return
    }
    let source = settings.source.value
    if let dump = server.service(DumpFile.self), let position = dump.loaded.position {
      goOn(from: position)
      tell(dump.takeRemovedKeys())
    }
    if source.host == nil || link != nil { return }
    let link = PrimaryLink(self, to: source)
    self.link = link
    link.connect()
  }

  /// The data set was loaded from a file that another process wrote at this place of a stream.
  private func goOn(from position: StreamPosition) {
    if server.isReplica {
      identity.adopt(position.name)
      stream.restart(at: position.offset)
      resumeDatabase = position.database
    } else {
      identity.restore(previous: position.name, upTo: position.offset)
      stream.restart(at: position.offset)
      stream.open(takingEffects: true)
      replicas.noteEmpty()
    }
  }

  /// Keys went while the file was loaded, which those who go on with the stream have.
  private func tell(_ removed: [(database: Int, key: [UInt8])]) {
    if server.isReplica { return }
    for (database, key) in removed {
      var writer = CommandWriter()
      writer.begin("DEL", arguments: 1)
      writer.argument(key.bytes)
      stream.append(writer.output.bytes, database: database)
    }
    stream.flush()
  }

  /// Where the data set is in the stream, for files.
  var position: StreamPosition? {
    if let link {
      guard let database = link.client?.databaseNumber ?? resumeDatabase else { return nil }
      return StreamPosition(name: identity.current, offset: stream.end, database: database)
    }
    if stream.backlog == nil { return nil }
    return StreamPosition(name: identity.current, offset: stream.end, database: stream.selectedDatabase)
  }

  /// Whether what the primary transfers is loaded as it comes, and not collected in a file before.
  var loadsAsItComes: Bool {
    switch settings.disklessLoad.value {
    case .disabled: false
    case .onEmptyDatabase: (0..<server.databaseCount).allSatisfy { server.database($0)?.count == 0 }
    case .swapDatabase: true
    }
  }

  /// Has the server be what a replica, or a primary, is by the configuration and the state of the link.
  func updateReplicaState() {
    let isReplica = server.isReplica
    let isReadOnly = settings.isReadOnly.value
    server.ignoresMemoryLimit = isReplica && settings.ignoresMemoryLimit.value
    if let readOnlyGate { server.setGate(readOnlyGate, isReplica && isReadOnly) }
    if let staleGate {
      server.setGate(staleGate, isReplica && !settings.servesStaleData.value && !(link?.isConnected ?? false))
    }
    ownExpiry.set(isReplica && !isReadOnly)
    if isReplica { server.hideExpired(for: self, untilWritten: !isReadOnly) } else { server.removeExpired(for: self) }
  }

  /// Registers what the replica's side brings.
  func registerReplica(in registry: Registry) {
    readOnlyGate = registry.add(ReadOnlyReplicaCheck.self)
    staleGate = registry.add(StaleReplicaCheck.self)
    registry.onDisconnect { [unowned self] client, _ in link?.remove(client) }
    registry.addTimer(milliseconds: 100) { [unowned self] _ in ownExpiry.tick() }
    registry.addInfo("Stats", group: "replica") { [unowned self] info, _ in
      info.field("slave_expires_tracked_keys", ownExpiry.count)
    }
    registry.setStreamPosition { [unowned self] in position }
    registry.onStart { [unowned self] server in
      server.isReplica = settings.source.value.host != nil
      updateReplicaState()
      server.timers.add(milliseconds: 0) { [unowned self] _ in begin() }
    }
  }
}
