extension Server {
  /// Has keys past their time hidden and not removed, until the same `owner` has them removed again: while the data set
  /// must not change by itself, as during a pause.
  public func hideExpired(for owner: AnyObject) {
    state.value.expiryHolders.insert(ObjectIdentifier(owner))
    keyspace.value.hidesExpired = true
  }

  /// Ends what `hideExpired` began for `owner`; others may have their own reasons.
  public func removeExpired(for owner: AnyObject) {
    state.value.expiryHolders.remove(ObjectIdentifier(owner))
    keyspace.value.hidesExpired = !state.value.expiryHolders.isEmpty
  }

  /// The object that a module made available with `Registry.setService`.
  public func service<Service: AnyObject>(_ type: Service.Type) -> Service? {
    state.value.services[ObjectIdentifier(type)] as? Service
  }

  /// Has commands that write refused with `error`, a whole error reply without the `-`, until the same `owner` allows
  /// them again. Of several owners the one that refused first is heard.
  public func refuseWrites(for owner: AnyObject, _ error: ErrorText) {
    let identity = ObjectIdentifier(owner)
    if let index = state.value.writeRefusals.firstIndex(where: { $0.owner == identity }) {
      state.value.writeRefusals[index].error = error
    } else {
      state.value.writeRefusals.append((identity, error))
    }
    state.value.gate.insert(.writesRefused)
  }

  /// Why writes are refused; nil when they are not.
  var writeRefusal: ErrorText? { state.value.writeRefusals.first?.error }

  /// Ends what `refuseWrites` began for `owner`; others may have their own reasons.
  public func allowWrites(for owner: AnyObject) {
    let identity = ObjectIdentifier(owner)
    state.value.writeRefusals.removeAll { $0.owner == identity }
    if state.value.writeRefusals.isEmpty { state.value.gate.remove(.writesRefused) }
  }
}
