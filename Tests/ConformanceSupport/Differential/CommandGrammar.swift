/// From what random commands are made.
///
/// A template is a command line in which `{key}` and `{value}` stand for one of the pool, `{int 0 9}` for a number of
/// that range, also at the end of a word, `{pick EX|PX|KEEPTTL}` for one of the words, `{some key}` or `{some value}`
/// for one to three of them.
/// Templates are drawn alike; one listed twice is drawn twice as often.
public struct CommandGrammar: Sendable {
  public var keys: [String]
  public var values: [String]
  public var templates: [String]
  /// How replies are compared, by the command's name in lower case; byte for byte unless listed.
  public var comparisons: [String: Comparison]
  /// How many connections take turns. With several, whatever arrives on each of them after a command is compared,
  /// messages that nobody asked for included, in any order.
  public var connections: Int

  public init(
    keys: [String], values: [String], templates: [String], comparisons: [String: Comparison] = [:], connections: Int = 1
  ) {
    self.connections = connections
    self.keys = keys
    self.values = values
    self.templates = templates
    self.comparisons = comparisons
  }

  /// A random command.
  func command(using random: inout SeededGenerator) -> Command {
    var words: [String] = []
    var rest = templates.randomElement(using: &random)![...]
    while !rest.isEmpty {
      if rest.first == "{" {
        guard let end = rest.firstIndex(of: "}") else { preconditionFailure("open brace in a template") }
        words += expand(rest[rest.index(after: rest.startIndex)..<end], using: &random)
        rest = rest[rest.index(after: end)...]
      } else {
        let end = rest.firstIndex { $0 == " " || $0 == "{" } ?? rest.endIndex
        let literal = String(rest[..<end])
        rest = rest[end...]
        if rest.first == "{" {
          // A word that goes on with a placeholder.
          guard let end = rest.firstIndex(of: "}") else { preconditionFailure("open brace in a template") }
          let parts = expand(rest[rest.index(after: rest.startIndex)..<end], using: &random)
          words.append(literal + parts.joined())
          rest = rest[rest.index(after: end)...]
        } else if !literal.isEmpty {
          words.append(literal)
        }
      }
      if rest.first == " " { rest = rest.dropFirst() }
    }
    return Command(words)
  }

  private func expand(_ placeholder: Substring, using random: inout SeededGenerator) -> [String] {
    let parts = placeholder.split(separator: " ", maxSplits: 1)
    switch parts.first {
    case "key": return [keys.randomElement(using: &random)!]
    case "value": return [values.randomElement(using: &random)!]
    case "some": return (0..<Int.random(in: 1...3, using: &random)).flatMap { _ in expand(parts[1], using: &random) }
    case "pick": return [String(parts[1].split(separator: "|").randomElement(using: &random)!)]
    case "int":
      let bounds = parts[1].split(separator: " ").compactMap { Int($0) }
      return [String(Int.random(in: bounds[0]...bounds[1], using: &random))]
    default: preconditionFailure("unknown placeholder {\(placeholder)}")
    }
  }
}
