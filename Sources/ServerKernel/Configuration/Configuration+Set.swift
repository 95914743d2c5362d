import Containers

extension Configuration {
  /// What decides whether a parameter may be set now.
  public struct Caller: Sendable {
    /// Whether the client is on this machine.
    public let isLocal: Bool
    /// Whether the data set is being loaded.
    public let isLoading: Bool

    /// A value of the given parts.
    public init(isLocal: Bool, isLoading: Bool) {
      self.isLocal = isLocal
      self.isLoading = isLoading
    }
  }

  /// `CONFIG SET`: stores all of `assignments` and applies them, or changes nothing and throws.
  public func set(
    _ assignments: [(name: [UInt8], value: [UInt8])], by caller: Caller
  ) throws(ConfigurationSetError) {
    let targets = try resolve(assignments, for: caller)
    let restore = targets.map { $0.parameter.snapshot() }
    generation += 1
    let actions = try store(assignments, in: targets, restore: restore)
    for (index, (action, cause)) in actions.enumerated() {
      do throws(ConfigurationError) { try action.run() } catch {
        Log.warning(
          "Failed applying new configuration. Possibly related to new \(cause) setting. Restoring previous settings.")
        for undo in restore { undo() }
        reapply(actions[...index].map(\.action))
        throw .refused(argument: Array(cause.utf8), reason: error.reason)
      }
    }
  }

  /// Finds the parameters and checks that they may be set, before any of them is.
  private func resolve(
    _ assignments: [(name: [UInt8], value: [UInt8])], for caller: Caller
  ) throws(ConfigurationSetError) -> [Entry] {
    var targets: [Entry] = []
    for (name, _) in assignments {
      guard let entry = entry(named: name) else { throw .unknown(name: name) }
      let flags = entry.parameter.flags
      if flags.contains(.immutable) { throw .refused(argument: name, reason: "can't set immutable config") }
      if flags.contains(.protected), !protectedConfigs.value.allows(localClient: caller.isLocal) {
        throw .refused(argument: name, reason: "can't set protected config")
      }
      if flags.contains(.deniedWhileLoading), caller.isLoading { throw .loading }
      // A parameter and its alias together are no duplicate in Redis: the later one wins.
      if targets.contains(where: { $0.name == entry.name }) {
        throw .refused(argument: name, reason: "duplicate parameter")
      }
      targets.append(entry)
    }
    return targets
  }

  /// Stores the values, undoing them all when one is refused; returns the actions to run, each once.
  private func store(
    _ assignments: [(name: [UInt8], value: [UInt8])], in targets: [Entry], restore: [() -> Void]
  ) throws(ConfigurationSetError) -> [(action: ApplyAction, cause: String)] {
    var actions: [(action: ApplyAction, cause: String)] = []
    for (entry, (_, value)) in zip(targets, assignments) {
      do throws(ConfigurationError) {
        let changed = try entry.parameter.set(entry.parameter.words(of: value), .command)
        if changed, let action = entry.parameter.apply, !actions.contains(where: { $0.action === action }) {
          actions.append((action, entry.name))
        }
      } catch {
        for undo in restore { undo() }
        throw .refused(argument: Array(entry.name.utf8), reason: error.reason)
      }
    }
    return actions
  }

  private func reapply(_ actions: [ApplyAction]) {
    for action in actions {
      do throws(ConfigurationError) { try action.run() } catch {
        Log.warning("Failed applying restored failed CONFIG SET command: \(error.reason)")
      }
    }
  }
}

extension Parameter {
  /// The words of a value that came as one argument: parted at each space where the parameter takes several.
  fileprivate func words(of value: [UInt8]) -> [[UInt8]] {
    guard flags.contains(.multipleArguments) else { return [value] }
    if value.isEmpty { return [] }
    return value.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map(Array.init)
  }
}
