/// The sections of INFO, contributed by the kernel and by modules.
public final class InfoRegistry {
  private struct Section {
    let title: String
    let inDefault: Bool
    var parts: [(Server) -> String]
  }

  private var sections: [Section] = []

  /// Adds a section by its title, or lines to one that exists. `lines` returns `name:value` lines that each
  /// end with `\r\n`.
  func add(_ title: String, inDefault: Bool, _ lines: @escaping (Server) -> String) {
    if let index = sections.firstIndex(where: { $0.title == title }) {
      sections[index].parts.append(lines)
    } else {
      sections.append(Section(title: title, inDefault: inDefault, parts: [lines]))
    }
  }

  /// The text of the sections that `names` select, in lower case: titles, `all`, `everything`, `default`.
  public func text(_ names: [String], _ server: Server) -> String {
    let wanted = Set(names)
    let all = wanted.contains("all") || wanted.contains("everything")
    let defaults = wanted.isEmpty || wanted.contains("default")
    var text = ""
    for section in sections where all || (defaults && section.inDefault) || wanted.contains(section.title.lowercased())
    {
      if !text.isEmpty { text += "\r\n" }
      text += "# \(section.title)\r\n"
      for part in section.parts { text += part(server) }
    }
    return text
  }
}
