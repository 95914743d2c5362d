import Containers
import ScriptEngines

/// A function of a library.
final class Function {
  let name: [UInt8]
  let compiled: CompiledScript
  let description: [UInt8]?
  let flags: ScriptFlags

  init(name: [UInt8], compiled: CompiledScript, description: [UInt8]? = nil, flags: ScriptFlags = []) {
    self.name = name
    self.compiled = compiled
    self.description = description
    self.flags = flags
  }
}

/// Functions that were loaded together.
final class FunctionLibrary {
  let name: [UInt8]
  /// The whole source, its first line included.
  let source: [UInt8]
  private(set) var functions: [Function] = []

  init(name: [UInt8], source: [UInt8]) {
    self.name = name
    self.source = source
  }

  /// Adds a function, while the library is being loaded; false when it has one of this name.
  func add(_ function: Function) -> Bool {
    if functions.contains(where: { $0.name == function.name }) { return false }
    functions.append(function)
    return true
  }

  /// Whether libraries and functions may have this name: letters, digits and underscores.
  static func isName(_ text: [UInt8]) -> Bool {
    !text.isEmpty
      && text.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
      }
  }

  /// What is wrong with a name that is none.
  static let badName: StaticString =
    """
    ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long
    """
}
