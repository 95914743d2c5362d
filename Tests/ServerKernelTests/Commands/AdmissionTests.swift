import Containers
import Testing

@testable import ServerKernel

/// Checks that calls pass: their order, and their gates.
@Suite struct AdmissionTests {
  enum LateCheck: AdmissionCheck {
    static var stage: AdmissionStage { .busyScript }
    static func admit(
      _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
    ) throws(CommandError) -> Admission { .granted }
  }

  enum EarlyCheck: AdmissionCheck {
    static var stage: AdmissionStage { .permissions }
    static func admit(
      _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
    ) throws(CommandError) -> Admission { .granted }
  }

  @Test func checksStandInTheOrderOfTheirStages() throws {
    let server = try TestServer().server
    let registry = Registry(server)
    // The test server's modules have brought theirs, behind gates of their own.
    let ofModules = server.admission.checks.count { $0.gate.rawValue >= 1 << 32 }
    let late = registry.add(LateCheck.self), early = registry.add(EarlyCheck.self)
    let stages = server.admission.checks.map { $0.type.stage }
    #expect(stages == stages.sorted() && stages.count == KernelChecks.all.count + ofModules + 2)
    // Each has a gate of its own, which is down.
    let gates = server.admission.checks.filter { $0.gate == late || $0.gate == early }
    #expect(gates.count == 2 && late.isDisjoint(with: early))
    #expect(server.state.value.gate.isDisjoint(with: [late, early]))
  }

  @Test func noTwoChecksOfTheKernelShareAStage() {
    let stages = KernelChecks.all.map { $0.0.stage }
    #expect(Set(stages).count == stages.count)
  }
}
