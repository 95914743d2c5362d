/// The command for one kind of element, of a type that has several: `XGROUP CREATE key group id ENTRIESREAD count`.
///
/// Where a format is made of commands, each such element is a call of its own. An element's parts are data alone, in
/// the order in which they stand in the call; what else stands there is the form's.
public struct ElementForm: Sendable {
  /// One argument of the call, but for the last two.
  public enum Argument: Sendable {
    /// The key.
    case key
    /// This word.
    case word(StaticString)
    /// The next part.
    case part
    /// All parts that are left.
    case otherParts
    /// The next part has no place in the call: other formats keep it.
    case unwrittenPart
  }

  /// The command's name; empty for a note.
  public let name: StaticString
  /// What stands behind it.
  public let arguments: [Argument]

  /// A call of a command with these arguments.
  public init(_ name: StaticString, _ arguments: Argument...) {
    self.name = name
    self.arguments = arguments
  }

  /// A kind of element that no command stands for: it tells other formats how the elements behind it lie, in so many
  /// parts. No type's first form is one.
  public static func note(parts: Int) -> ElementForm {
    ElementForm(name: "", arguments: Array(repeating: .unwrittenPart, count: parts))
  }

  private init(name: StaticString, arguments: [Argument]) {
    self.name = name
    self.arguments = arguments
  }

  /// Whether no command stands for it.
  public var isNote: Bool { name.utf8CodeUnitCount == 0 }

  /// How many arguments the call of an element with so many parts has.
  public func argumentCount(parts: Int) -> Int {
    var count = 0
    var left = parts
    for argument in arguments {
      switch argument {
      case .key, .word: count += 1
      case .part:
        count += 1
        left -= 1
      case .unwrittenPart: left -= 1
      case .otherParts:
        count += left
        left = 0
      }
    }
    precondition(left == 0, "\(name): an element has parts that its form does not know")
    return count
  }
}
