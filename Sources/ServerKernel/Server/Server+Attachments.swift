extension Server {
  /// The state of a type that a module keeps for the server, made on first use.
  public func attachment<State: AnyObject>(_ type: State.Type, default make: () -> State) -> State {
    if let state = state.value.attachments[ObjectIdentifier(type)] as? State { return state }
    let made = make()
    state.value.attachments[ObjectIdentifier(type)] = made
    return made
  }
}
