import ServerKernel

extension Reply {
  /// A set of words, as simple strings.
  func names(_ names: [StaticString]) {
    set(names.count)
    for name in names { simple(name) }
  }

  /// What COMMAND INFO tells of a command.
  func information(of command: Command) {
    let spec = command.spec
    let range = command.legacyRange
    array(10)
    bulk(command.fullName)
    integer(spec.arity)
    names(CommandFlags.names.filter { spec.flags.contains($0.flag) }.map(\.name))
    integer(range.first)
    integer(range.last)
    integer(range.step)
    let categories = spec.allCategories
    set(categories.count)
    for category in categories { simple("@\(category.rawValue)") }
    set(spec.hints.count)
    for hint in spec.hints { bulk(hint) }
    set(spec.keys.count)
    for key in spec.keys { self.key(key) }
    // Redis has a set where there are none and an array where there are some.
    if command.subcommands.isEmpty { set(0) } else { array(command.subcommands.count) }
    for subcommand in command.subcommands { information(of: subcommand) }
  }

  private func key(_ key: KeySpec) {
    map(key.notes == nil ? 3 : 4)
    if let notes = key.notes {
      bulk("notes")
      bulk(notes)
    }
    bulk("flags")
    names(KeySpec.Flags.names.filter { key.flags.contains($0.flag) }.map(\.name))
    bulk("begin_search")
    switch key.start {
    case .index(let index): rule("index", [("index", index)])
    case .keyword(let word, let from):
      map(2)
      bulk("type")
      bulk("keyword")
      bulk("spec")
      map(2)
      bulk("keyword")
      bulk(word)
      bulk("startfrom")
      integer(from)
    case .unknown: rule("unknown", [])
    }
    bulk("find_keys")
    switch key.extent {
    case .range(let last, let step, let limit):
      rule("range", [("lastkey", last), ("keystep", step), ("limit", limit)])
    case .counted(let number, let first, let step):
      rule("keynum", [("keynumidx", number), ("firstkey", first), ("keystep", step)])
    case .unknown: rule("unknown", [])
    }
  }

  private func rule(_ type: StaticString, _ fields: [(name: StaticString, value: Int)]) {
    map(2)
    bulk("type")
    bulk(type)
    bulk("spec")
    map(fields.count)
    for field in fields {
      bulk(field.name)
      integer(field.value)
    }
  }
}
