import ServerKernel

extension Reply {
  /// What COMMAND DOCS tells of a command.
  func documentation(of command: Command) {
    let spec = command.spec
    let isMarked = spec.deprecated != nil || spec.isSystem
    var count = 1
    for isThere in [
      !spec.summary.isEmpty, !spec.since.isEmpty, !spec.complexity.isEmpty, isMarked, !spec.history.isEmpty,
      !spec.arguments.isEmpty, !command.subcommands.isEmpty,
    ] where isThere { count += 1 }
    if let deprecated = spec.deprecated { count += deprecated.replacement.isEmpty ? 1 : 2 }
    map(count)
    field("summary", spec.summary)
    field("since", spec.since)
    field("group", spec.group.rawValue)
    field("complexity", spec.complexity)
    if isMarked {
      bulk("doc_flags")
      names((spec.deprecated != nil ? ["deprecated"] : []) + (spec.isSystem ? ["syscmd"] : []))
    }
    if let deprecated = spec.deprecated {
      field("deprecated_since", deprecated.since)
      field("replaced_by", deprecated.replacement)
    }
    if !spec.history.isEmpty {
      bulk("history")
      set(spec.history.count)
      for entry in spec.history {
        array(2)
        bulk(entry.version)
        bulk(entry.change)
      }
    }
    if !spec.arguments.isEmpty {
      bulk("arguments")
      arguments(spec.arguments)
    }
    if !command.subcommands.isEmpty {
      bulk("subcommands")
      map(command.subcommands.count)
      for subcommand in command.subcommands {
        bulk(subcommand.fullName)
        documentation(of: subcommand)
      }
    }
  }

  /// A field that is left out when it is empty.
  private func field(_ name: StaticString, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    bulk(name)
    bulk(value)
  }

  private func arguments(_ arguments: [ArgumentSpec]) {
    array(arguments.count)
    for argument in arguments {
      let isGroup = argument.kind == .oneOf || argument.kind == .block
      let flags = [
        (ArgumentSpec.Flags.optional, "optional" as StaticString), (.multiple, "multiple"),
        (.multipleToken, "multiple_token"),
      ].filter { argument.flags.contains($0.0) }.map(\.1)
      var count = 2
      for isThere in [
        argument.keySpec != nil, argument.token != nil, argument.since != nil, argument.deprecatedSince != nil,
        !flags.isEmpty, isGroup,
      ] where isThere { count += 1 }
      map(count)
      bulk("name")
      bulk(argument.name)
      bulk("type")
      bulk(argument.kind.rawValue)
      if let keySpec = argument.keySpec {
        bulk("key_spec_index")
        integer(keySpec)
      }
      if let token = argument.token {
        bulk("token")
        bulk(token)
      }
      field("since", argument.since)
      field("deprecated_since", argument.deprecatedSince)
      if !flags.isEmpty {
        bulk("flags")
        names(flags)
      }
      if isGroup {
        bulk("arguments")
        self.arguments(argument.arguments)
      }
    }
  }
}
