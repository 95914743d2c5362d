import ServerKernel

/// A switch that has all writes refused: a command, a check that calls pass while it is on, and a line of INFO.
public enum Freeze: CommandModule {
  public static var commands: [any RedisCommand.Type] { [FREEZE.self] }

  public static func register(in registry: Registry) {
    let state = FreezeState(gate: registry.add(FrozenCheck.self))
    registry.setService(state)
    registry.addInfo("Stats", after: "errors") { info, _ in info.field("frozen_refusals", state.refusals) }
  }
}

final class FreezeState {
  /// Up while the data set is frozen.
  let gate: Gate
  var refusals = 0

  init(gate: Gate) { self.gate = gate }
}

/// `FREEZE ON|OFF`
enum FREEZE: RedisCommand {
  static let spec = CommandSpec(
    "freeze", arity: 2, flags: [.admin, .noScript, .loading, .stale],
    group: .module, since: "1.0.0", complexity: "O(1)",
    summary: "Has writes refused, or accepted again.",
    arguments: [.oneOf("switch", [.token("on", "ON"), .token("off", "OFF")])])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let state = context.server.service(FreezeState.self) else { return }
    guard call.matches(1, "on") || call.matches(1, "off") else { throw .syntax }
    context.server.setGate(state.gate, call.matches(1, "on"))
    context.reply.ok()
  }
}

/// Refuses writes; costs nothing while the gate is down.
enum FrozenCheck: AdmissionCheck {
  static var stage: AdmissionStage { .permissions }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if !request.flags.contains(.write) { return .granted }
    context.server.service(FreezeState.self)?.refusals += 1
    throw .literal("FROZEN The data set must not change at present.")
  }
}
