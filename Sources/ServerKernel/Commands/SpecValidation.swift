/// What can be wrong with a command's metadata; checked once, at start.
enum SpecValidation {
  static func problems(of command: Command) -> [String] {
    let spec = command.spec
    var problems: [String] = []
    if spec.name.isEmpty || spec.name != spec.name.lowercased() || spec.name.utf8.count > 24 {
      problems.append("the name must be lower case, of 1 to 24 bytes")
    }
    if spec.arity == 0 { problems.append("arity 0 would refuse every call") }
    if spec.flags.contains([.write, .readOnly]) { problems.append("write and readOnly exclude one another") }
    if spec.flags.contains(.denyOOM) && !spec.flags.contains(.write) && spec.group != .pubSub
      && spec.group != .scripting
      && spec.group != .transactions
    {
      problems.append("denyOOM is for writes")
    }
    if Set(spec.subcommands.map { $0.spec.name }).count != spec.subcommands.count {
      problems.append("two subcommands have the same name")
    }
    for key in spec.keys { problems += self.problems(of: key, in: spec) }
    let required = spec.arguments.reduce(0) { $0 + ($1.flags.contains(.optional) ? 0 : minimumCount($1)) }
    let words = command.parent == nil ? 1 : 2
    if spec.subcommands.isEmpty && !spec.arguments.isEmpty && required + words > abs(spec.arity) {
      problems.append("arity \(spec.arity) is less than the \(required) required arguments need")
    }
    if spec.arity > 0 && required + words < spec.arity
      && spec.arguments.allSatisfy({ $0.flags.isEmpty && $0.kind != .oneOf })
    {
      problems.append("arity \(spec.arity) is more than the arguments give")
    }
    return problems
  }

  private static func problems(of key: KeySpec, in spec: CommandSpec) -> [String] {
    let least = abs(spec.arity)
    guard case .index(let start) = key.start else { return [] }
    if start < 1 { return ["keys cannot begin at argument \(start)"] }
    let mandatory = !spec.flags.contains(.noMandatoryKeys) && !key.flags.contains(.incomplete)
    if mandatory && start >= least && spec.arity > 0 {
      return ["the key at argument \(start) lies behind the last one"]
    }
    if case .range(let last, let step, let limit) = key.extent {
      if step < 1 || limit < 0 { return ["the step of a key range is at least 1, its limit at least 0"] }
      if last >= 0 && spec.arity > 0 && start + last >= least { return ["the last key lies behind the last argument"] }
    }
    return []
  }

  private static func minimumCount(_ argument: ArgumentSpec) -> Int {
    let own: Int
    switch argument.kind {
    case .oneOf:
      own = argument.arguments.map { $0.flags.contains(.optional) ? 0 : minimumCount($0) }.min() ?? 1
    case .block:
      own = argument.arguments.reduce(0) { $0 + ($1.flags.contains(.optional) ? 0 : minimumCount($1)) }
    case .pureToken: return 1
    default: own = 1
    }
    return own + (argument.token == nil ? 0 : 1)
  }
}
