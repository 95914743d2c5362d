// Unsafe: command entries are addressed directly; they are never freed.

import Containers

extension Server {
  /// The checks that a call passes before it runs; made only while some gate is up.
  @unsafe
  func admit(
    _ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ gate: Gate, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let request = unsafe AdmissionRequest(entry, gate, context.client.place.value.transaction)
    for index in 0..<state.value.checks.count {
      let check = state.value.checks[index]
      if gate.isDisjoint(with: check.gate) { continue }
      let admission = try check.type.admit(request, call, &context)
      if admission != .granted { return admission }
    }
    return .granted
  }

  /// Adds a check behind those of its stage and of earlier ones.
  func add(_ check: any AdmissionCheck.Type, _ gate: Gate) {
    let index = state.value.checks.firstIndex { check.stage < $0.type.stage } ?? state.value.checks.count
    state.value.checks.insert((gate, check), at: index)
  }
}

extension Registry {
  /// Adds a check that calls pass; returns its gate, which is down.
  public func add(_ check: any AdmissionCheck.Type) -> Gate {
    let bit = Gate.registered.lowerBound + server.state.value.registeredGates
    precondition(Gate.registered.contains(bit), "more admission checks than there are gates")
    server.state.value.registeredGates += 1
    let gate = Gate(rawValue: 1 << UInt64(bit))
    server.add(check, gate)
    return gate
  }

  func addKernelChecks() {
    for (check, gate) in KernelChecks.all { server.add(check, gate) }
  }
}
