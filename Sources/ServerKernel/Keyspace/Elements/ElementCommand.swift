/// The command that adds elements to a value, `RPUSH key element ...`: where a format is made of commands, those that
/// make a value anew are calls of it.
public struct ElementCommand: Sendable {
  /// The command's name.
  public let name: StaticString
  /// Arguments that make one element: 2 for a field and its value.
  public let partsPerElement: Int
  /// The most elements in one call.
  public let elementsPerCall: Int
  /// Whether the second part of an element stands first in the call, as a score does before its member.
  public let takesSecondPartFirst: Bool

  /// A command that takes a key and then elements, 64 at most as Redis writes them, unless it can take fewer only.
  public init(
    _ name: StaticString, partsPerElement: Int = 1, elementsPerCall: Int = 64, takesSecondPartFirst: Bool = false
  ) {
    precondition(partsPerElement > 0 && elementsPerCall > 0, "\(name): a call has elements, and they have parts")
    self.name = name
    self.partsPerElement = partsPerElement
    precondition(!takesSecondPartFirst || partsPerElement == 2, "\(name): two parts can change places")
    self.elementsPerCall = elementsPerCall
    self.takesSecondPartFirst = takesSecondPartFirst
  }
}
