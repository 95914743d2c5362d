extension Server {
  /// Looks again at clients with too much output, also when nothing is written to them any more.
  func checkSoftLimits() {
    if clientTable.softLimited.isEmpty { return }
    for client in clientTable.softLimited where client.place.value.output.overSoftLimitSince > 0 {
      checkOutputLimit(client)
    }
    clientTable.softLimited.removeAll { $0.place.value.output.overSoftLimitSince == 0 }
  }

  /// Closes connections that were silent for longer than `timeout`, but none that wait for
  /// what others do: blocked, subscribed or monitoring.
  ///
  /// All are looked at only when the one that was silent longest is due: those who wait cost no time.
  func closeIdleClients() {
    let timeout = Int64(settings.idleTimeout.value)
    let now = unixSeconds
    if timeout == 0 || now < clientTable.nextIdleCheck { return }
    var earliest = now
    for client in clientTable.all {
      if client.isBlocked || client.isSubscribed || client.isMonitor || client.role != .user { continue }
      if now - client.place.value.connection.lastInteraction > timeout {
        Log.verbose("Closing idle client")
        scheduleClose(client)
      } else {
        earliest = min(earliest, client.place.value.connection.lastInteraction)
      }
    }
    clientTable.nextIdleCheck = earliest + timeout + 1
  }
}
