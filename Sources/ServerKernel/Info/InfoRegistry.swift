import Containers

/// The sections of INFO: groups of fields, in order, that the kernel's users and modules add.
public final class InfoRegistry {
  private struct Group {
    let name: String
    let after: String?
    /// It stands in for a module that is not there.
    let isStandIn: Bool
    let write: (inout InfoWriter, Server) -> Void
  }

  private struct Section {
    let title: String
    let key: String
    let inDefault: Bool
    /// In the order in which they are written, once all have been added.
    var groups: [Group] = []

    /// Puts a group behind the one that it names, and behind others that name the same; at the end when that is not
    /// there. Groups that wait for this one move behind it.
    mutating func insert(_ group: Group) {
      var place = groups.count
      if let after = group.after, let anchor = groups.firstIndex(where: { $0.name == after }) {
        place = anchor + 1
        while place < groups.count && groups[place].after == after { place += 1 }
      }
      groups.insert(group, at: place)
      if group.name.isEmpty { return }
      let waiting = groups[..<place].filter { $0.after == group.name }
      if waiting.isEmpty { return }
      groups.removeAll { $0.after == group.name }
      let end = groups.firstIndex { $0.name == group.name }.map { $0 + 1 } ?? groups.count
      groups.insert(contentsOf: waiting, at: end)
    }
  }

  private var sections: [Section] = []

  /// Adds a group of fields to a section, which is made if it is not there. Returns false when it has a group of that
  /// name which is no stand-in.
  func add(
    _ title: String, inDefault: Bool, group name: String, after: String?, isStandIn: Bool,
    _ write: @escaping (inout InfoWriter, Server) -> Void
  ) -> Bool {
    let index =
      sections.firstIndex { $0.title == title }
      ?? {
        sections.append(Section(title: title, key: title.lowercased(), inDefault: inDefault))
        return sections.count - 1
      }()
    let group = Group(name: name, after: after, isStandIn: isStandIn, write: write)
    if !name.isEmpty, let place = sections[index].groups.firstIndex(where: { $0.name == name }) {
      let isTaken = !sections[index].groups[place].isStandIn
      if isTaken || isStandIn { return isStandIn }
      sections[index].groups[place] = group
      return true
    }
    sections[index].insert(group)
    return true
  }

  /// Writes the sections that `names` select, in lower case: titles, `all`, `everything`, `default`.
  public func text(_ names: [String], _ server: Server) -> ByteBuffer {
    let all = names.contains("all") || names.contains("everything")
    let defaults = names.isEmpty || names.contains("default")
    var writer = InfoWriter()
    for section in sections where all || (defaults && section.inDefault) || names.contains(section.key) {
      writer.beginSection(section.title)
      for group in section.groups { group.write(&writer, server) }
    }
    return writer.text
  }
}

extension Registry {
  /// Adds a group of fields to a section of INFO, behind the group `after`, or at the end. `name` lets others stand
  /// behind it; two groups of one name stop the start. The groups of the built-in sections are those that
  /// `InfoSections` of the module Server adds.
  public func addInfo(
    _ section: String, group name: String = "", after: String? = nil, inDefault: Bool = true,
    _ write: @escaping (_ info: inout InfoWriter, _ server: Server) -> Void
  ) {
    let isAdded = server.info.add(
      section, inDefault: inDefault, group: name, after: after, isStandIn: false, write)
    if !isAdded { stopStart("two modules write the fields '\(name)' of INFO \(section)") }
  }

  /// Adds fields that tools expect of a feature whether it is there or not: a module that brings it adds a group of the
  /// same name, which takes the place of this one.
  public func addInfoStandIn(
    _ section: String, group name: String, after: String? = nil, _ fields: [(StaticString, String)]
  ) {
    _ = server.info.add(section, inDefault: true, group: name, after: after, isStandIn: true) { info, _ in
      for (field, value) in fields { info.field(field, value) }
    }
  }
}
