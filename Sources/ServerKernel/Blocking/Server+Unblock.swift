extension Server {
  /// Ends a client's wait as if its time were over; false when it does not wait.
  public func unblockAsTimedOut(_ client: Client) -> Bool {
    guard let blocked = client.place.value.session?.blocked else { return false }
    unblock(client) { answer(blocked.onTimeout, $0) }
    return true
  }

  /// Ends a client's wait with an error; false when it does not wait.
  public func unblock(_ client: Client, error: ErrorText) -> Bool {
    guard let blocked = client.place.value.session?.blocked else { return false }
    unsafe blocked.command.pointee.failedCalls += 1
    unblock(client) { $0.error(error) }
    return true
  }
}
