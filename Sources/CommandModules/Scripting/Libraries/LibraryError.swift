import Containers
import ScriptEngines

/// Why a function of a library cannot do what it is asked for.
enum LibraryError: Error {
  /// Raised with the place in the script before it.
  case text([UInt8])
  /// What is wrong with an argument.
  case argument(Int, [UInt8])

  static func text(_ text: String) -> LibraryError { .text(Array(text.utf8)) }
  static func argument(_ number: Int, _ text: String) -> LibraryError { .argument(number, Array(text.utf8)) }

  /// An argument is of another type than it has to be.
  static func type(_ number: Int, _ expected: StaticString, _ value: borrowing ScriptValue) -> LibraryError {
    .argument(number, "\(expected) expected, got \(value.typeName)")
  }

  /// Hands the error to the engine.
  func raise(_ result: ScriptWriter) -> ScriptFunction.Outcome {
    result.restart()
    switch self {
    case .text(let text):
      result.string(text.bytes)
      return .raisePlaced
    case .argument(let number, let text):
      result.number(Double(number))
      result.string(text.bytes)
      return .badArgument
    }
  }
}

extension ScriptFunction {
  /// A function of a library: it writes results, or throws.
  static func library(
    _ table: String, _ name: String, depth: Int = 0,
    _ body: @escaping (inout ScriptReader, ScriptWriter) throws(LibraryError) -> Void
  ) -> ScriptFunction {
    ScriptFunction(table, name, depth: depth) { arguments, result, _ in
      do throws(LibraryError) {
        try body(&arguments, result)
        return .results
      } catch {
        return error.raise(result)
      }
    }
  }
}

extension ScriptValue {
  /// The number that an argument is, or that its text spells.
  func number(argument: Int) throws(LibraryError) -> Double {
    if kind == .number { return number }
    if kind == .string, let value = string.double { return value }
    throw .type(argument, "number", self)
  }

  /// The bytes of an argument that is text.
  func text(argument: Int) throws(LibraryError) -> [UInt8] {
    if let text { return text }
    throw .type(argument, "string", self)
  }
}
