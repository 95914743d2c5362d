import ServerKernel

// Arguments of all commands that combine sorted sets with weights.
extension ArgumentSpec {
  static var weights: ArgumentSpec { .integer("weight", [.optional, .multiple], token: "WEIGHTS") }

  static var aggregate: ArgumentSpec {
    .oneOf(
      "aggregate", .optional, token: "AGGREGATE", [.token("sum", "SUM"), .token("min", "MIN"), .token("max", "MAX")])
  }
}
