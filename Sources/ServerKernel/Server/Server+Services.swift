extension Server {
  /// The object that a module made available with `Registry.setService`.
  public func service<Service: AnyObject>(_ type: Service.Type) -> Service? {
    state.value.services[ObjectIdentifier(type)] as? Service
  }

  /// Has commands that write refused with `error`, a whole error reply without the `-`.
  public func refuseWrites(_ error: ErrorText) {
    state.value.writeRefusal = error
    state.value.gate.insert(.writesRefused)
  }

  var writeRefusal: ErrorText { state.value.writeRefusal }

  /// Ends what `refuseWrites` began.
  public func allowWrites() { state.value.gate.remove(.writesRefused) }
}
