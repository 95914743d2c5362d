import Containers
import ServerKernel

/// Refuses writes while fewer replicas than `min-replicas-to-write` would have them.
enum ReplicaCountCheck: AdmissionCheck {
  static var stage: AdmissionStage { .replicaCount }

  static func admit(
    _ request: AdmissionRequest, _ call: borrowing Call, _ context: inout Context
  ) throws(CommandError) -> Admission {
    if context.origin.mustBeObeyed || !request.flags.contains(.write) { return .granted }
    throw .literal("NOREPLICAS Not enough good replicas to write.")
  }
}
