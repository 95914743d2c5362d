extension Server {
  /// A client as CLIENT LIST shows it, without a line break.
  public func describe(_ client: Client) -> String {
    let place = client.place
    let session = place.value.session
    let outputMemory = place.value.output.buffer.capacity
    let inputMemory = place.value.input.capacity
    let transaction = place.value.transaction
    var flags = ""
    if session?.isMonitor ?? false { flags += "O" }
    if (session?.subscriptions ?? 0) > 0 { flags += "P" }
    if client.isInTransaction { flags += "x" }
    if place.value.gate.contains(.blocked) { flags += "b" }
    if client.attachment(WatchState.self)?.isDirty ?? false { flags += "d" }
    if place.value.closesAfterReply { flags += "c" }
    if session?.isUnixSocket ?? false { flags += "U" }
    if session?.isNoEvict ?? false { flags += "e" }
    if flags.isEmpty { flags = "N" }
    let command = unsafe place.value.lastCommand.map { unsafe $0.pointee.command.fullName } ?? "NULL"
    let events = place.value.awaitsWritable ? "rw" : "r"
    let counts = session?.subscriptionCounts ?? (0, 0, 0)
    return "id=\(client.id) addr=\(session?.address ?? "") laddr=\(session?.localAddress ?? "") "
      + "fd=\(place.value.descriptor) name=\(session?.name ?? "") age=\(unixSeconds - place.value.createdAt) "
      + "idle=\(unixSeconds - place.value.lastInteraction) flags=\(flags) db=\(client.databaseNumber) "
      + "sub=\(counts.0) psub=\(counts.1) ssub=\(counts.2) multi=\(transaction?.queue.count ?? -1) "
      + "qbuf=\(place.value.input.count) qbuf-free=\(inputMemory - place.value.input.count) argv-mem=0 "
      + "multi-mem=\(transaction?.memoryUse ?? 0) rbs=\(outputMemory) rbp=\(outputMemory) "
      + "obl=\(place.value.output.pending) oll=0 omem=0 "
      + "tot-mem=\(MemoryLayout<ClientState>.size + outputMemory + inputMemory + (transaction?.memoryUse ?? 0)) "
      + "events=\(events) cmd=\(command) user=\(session?.userName ?? "default") redir=-1 "
      + "resp=\(client.isRESP3 ? 3 : 2)"
  }
}
