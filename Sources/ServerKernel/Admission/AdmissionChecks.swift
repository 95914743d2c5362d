import Containers

/// What calls pass before they run, and why writes are refused.
final class AdmissionChecks {
  /// In the order in which calls pass them.
  private(set) var checks: [(gate: Gate, type: any AdmissionCheck.Type)] = []
  /// Gates given to modules' checks.
  private var registered = 0
  /// Why writes are refused while `Gate.writesRefused` is up, and by whom: whole errors.
  private var writeRefusals: [(owner: ObjectIdentifier, error: ErrorText)] = []

  init() {
    for (check, gate) in KernelChecks.all { add(check, gate) }
  }

  /// The checks that a call passes before it runs; made only while some gate is up.
  func admit(
    _ entry: CommandHandle, _ call: borrowing Call, _ gate: Gate, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let request = AdmissionRequest(entry, call, gate, context)
    for check in checks where !gate.isDisjoint(with: check.gate) {
      let admission = try check.type.admit(request, call, &context)
      if admission != .granted { return admission }
    }
    return .granted
  }

  /// The checks of one stage, for a call as if its command had these flags.
  fileprivate func check(
    _ stage: AdmissionStage, flags: CommandFlags, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) {
    let gate = context.server.state.value.gate
    if gate.isEmpty { return }
    guard let entry = context.client.place.value.lastCommand else { return }
    for check in checks where !gate.isDisjoint(with: check.gate) && check.type.stage == stage {
      _ = try check.type.admit(AdmissionRequest(entry, gate, flags: flags), call, &context)
    }
  }

  /// Adds a check behind those of its stage and of earlier ones.
  private func add(_ check: any AdmissionCheck.Type, _ gate: Gate) {
    let index = checks.firstIndex { check.stage < $0.type.stage } ?? checks.count
    checks.insert((gate, check), at: index)
  }

  /// Adds a module's check, with a gate of its own.
  fileprivate func add(_ check: any AdmissionCheck.Type) -> Gate {
    let bit = Gate.registered.lowerBound + registered
    precondition(Gate.registered.contains(bit), "more admission checks than there are gates")
    registered += 1
    let gate = Gate(rawValue: 1 << UInt64(bit))
    add(check, gate)
    return gate
  }

  /// Why writes are refused; nil when they are not.
  var writeRefusal: ErrorText? { writeRefusals.first?.error }

  fileprivate func refuseWrites(_ owner: ObjectIdentifier, _ error: ErrorText) {
    if let index = writeRefusals.firstIndex(where: { $0.owner == owner }) {
      writeRefusals[index].error = error
    } else {
      writeRefusals.append((owner, error))
    }
  }

  fileprivate func allowWrites(_ owner: ObjectIdentifier) { writeRefusals.removeAll { $0.owner == owner } }
}

extension Context {
  /// Throws what the running call would be refused with by the checks of one stage, if its command had these flags: for
  /// scripts, which tell beforehand what they are going to do.
  public mutating func check(
    _ stage: AdmissionStage, flags: CommandFlags, _ call: borrowing Call
  ) throws(CommandError) {
    try server.admission.check(stage, flags: flags, call, &self)
  }
}

extension Registry {
  /// Adds a check that calls pass; returns its gate, which is down.
  public func add(_ check: any AdmissionCheck.Type) -> Gate { server.admission.add(check) }
}

extension Server {
  /// Has commands that write refused with `error`, a whole error reply without the `-`, until the same `owner` allows
  /// them again. Of several owners the one that refused first is heard.
  public func refuseWrites(for owner: AnyObject, _ error: ErrorText) {
    admission.refuseWrites(ObjectIdentifier(owner), error)
    setGate(.writesRefused, true)
  }

  /// Ends what `refuseWrites` began for `owner`; others may have their own reasons.
  public func allowWrites(for owner: AnyObject) {
    admission.allowWrites(ObjectIdentifier(owner))
    if admission.writeRefusal == nil { setGate(.writesRefused, false) }
  }
}
