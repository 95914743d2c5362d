extension Server {
  /// A client as CLIENT LIST shows it, without a line break.
  public func describe(_ client: Client) -> String {
    let place = client.place
    let session = place.value.session
    let outputMemory = place.value.output.memoryUse
    let inputMemory = place.value.connection.inputMemory
    let descriptor = place.value.connection.transport.descriptor
    // Requests of the running batch lie in the batch's memory, this one included.
    let input = place.value.connection.queryCount
    // Redis has a buffer of 16 KB for the common case and a list for what goes beyond it.
    let pending = place.value.waitingOutput
    let isLarge = pending > OutputBuffer.pooledCapacity
    let transaction = place.value.transaction?.state
    let queued = client.isInTransaction ? transaction?.value.queue.count ?? 0 : -1
    var flags = ""
    if client.role == .replica { flags += "S" }
    if client.role == .primary { flags += "M" }
    if client.isMonitor { flags += "O" }
    if (session?.subscriptions ?? 0) > 0 { flags += "P" }
    if client.isInTransaction { flags += "x" }
    if place.value.gate.contains(.blocked) { flags += "b" }
    if transaction?.value.watched.isDirty ?? false { flags += "d" }
    if place.value.closesAfterReply { flags += "c" }
    if session?.isUnixSocket ?? false { flags += "U" }
    if session?.isNoEvict ?? false { flags += "e" }
    if flags.isEmpty { flags = "N" }
    let command = place.value.lastCommand?.value.command.fullName ?? "NULL"
    let events = place.value.readiness.awaitsWritable ? "rw" : "r"
    let counts = session?.subscriptionCounts ?? (0, 0, 0)
    return "id=\(client.id) addr=\(session?.address ?? "") laddr=\(session?.localAddress ?? "") "
      + "fd=\(descriptor) name=\(session?.name ?? "") age=\(unixSeconds - place.value.createdAt) "
      + "idle=\(unixSeconds - place.value.connection.lastInteraction) flags=\(flags) db=\(client.databaseNumber) "
      + "sub=\(counts.0) psub=\(counts.1) ssub=\(counts.2) multi=\(queued) "
      + "qbuf=\(input) qbuf-free=\(max(0, inputMemory - input)) argv-mem=0 "
      + "multi-mem=\(transaction?.value.queue.memoryUse ?? 0) rbs=\(outputMemory) rbp=\(outputMemory) "
      + "obl=\(isLarge ? 0 : pending) oll=\(isLarge ? 1 : 0) omem=\(isLarge ? max(outputMemory, pending) : 0) "
      + "tot-mem=\(client.memoryUse) "
      + "events=\(events) cmd=\(command) user=\(session?.userName ?? "default") redir=-1 "
      + "resp=\(client.isRESP3 ? 3 : 2)"
  }
}
