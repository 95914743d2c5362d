import Containers
import ServerKernel

/// A language for scripts: what the module needs of an interpreter, and nothing of how it works.
///
/// An engine runs on the command thread, one script at a time. Its globals, but `KEYS` and `ARGV`, are what it was made
/// with: no script can change them. One for libraries of functions has no such globals: keys and arguments are what its
/// functions are called with.
public protocol ScriptEngine: AnyObject {
  /// Compiles a script; `problem` introduces the error.
  func compile(_ source: borrowing Bytes, problem: StaticString) throws(CommandError) -> CompiledScript

  /// Forgets a compiled script, or a function.
  func release(_ script: CompiledScript)

  /// Runs a script with the arguments from the third on, of which the first `keyCount` are keys; `finish` gets what it
  /// returned, or how it failed.
  func call(
    _ script: CompiledScript, _ call: borrowing Call, keyCount: Int, _ context: inout Context,
    _ finish: (borrowing ScriptOutcome, inout Context) throws(CommandError) -> Void
  ) throws(CommandError)

  /// Runs a script that is a library, which registers its functions; `finish` learns how it ended.
  func load(
    _ script: CompiledScript, _ context: inout Context,
    _ finish: (borrowing ScriptOutcome) throws(CommandError) -> Void
  ) throws(CommandError)

  /// Bytes that the interpreter holds.
  var memoryInUse: Int { get }
}

/// A script that an engine has compiled, or a function that it has.
public struct CompiledScript: Equatable {
  let reference: Int32
}

/// How a script ended: its value, or its error and where that arose.
public struct ScriptOutcome: ~Escapable {
  /// Whether it ended with an error.
  public let isFailure: Bool
  /// What it returned, or the error.
  public let value: ScriptValue
  /// The chunk in which the error arose; empty when that is unknown.
  public let source: [UInt8]
  /// The line of it.
  public let line: Int

  @_lifetime(copy value)
  init(isFailure: Bool, value: consuming ScriptValue, source: [UInt8], line: Int) {
    self.isFailure = isFailure
    self.value = value
    self.source = source
    self.line = line
  }
}

/// A function that scripts call, carried out by the server.
public final class ScriptFunction {
  /// What a function did with the script that called it.
  public enum Outcome {
    /// The writer holds its results.
    case results
    /// The writer holds a value to be raised as an error.
    case raise
    /// The writer holds a text to be raised with the place in the script before it.
    case raisePlaced
    /// The writer holds the number of an argument and what is wrong with it.
    case badArgument
  }

  /// The code: it reads the arguments, and writes results or an error.
  public typealias Body = (inout ScriptReader, ScriptWriter, inout Context) -> Outcome

  /// The code of one that takes words: they are a call, which has those before the first argument that is neither a
  /// string nor a number; whether that is all of them comes with it.
  public typealias WordsBody = (borrowing Call, _ isComplete: Bool, ScriptWriter, inout Context) -> Outcome

  let table: String
  let name: String
  let depth: Int
  let takesFunctions: Bool
  let takesWords: Bool
  let body: Body
  let wordsBody: WordsBody

  /// The function `table.name`, which gets tables among its arguments down to `depth`, 0 for none, and functions only
  /// if it takes them.
  public init(
    _ table: String, _ name: String, depth: Int = 0, takesFunctions: Bool = false, _ body: @escaping Body
  ) {
    self.table = table
    self.name = name
    self.depth = depth
    self.takesFunctions = takesFunctions
    takesWords = false
    self.body = body
    wordsBody = { _, _, _, _ in .results }
  }

  /// The function `table.name`, which takes strings and numbers alone, and gets them without a copy.
  public init(_ table: String, _ name: String, words body: @escaping WordsBody) {
    self.table = table
    self.name = name
    depth = 0
    takesFunctions = false
    takesWords = true
    self.body = { _, _, _ in .results }
    wordsBody = body
  }
}

/// What scripts find in global tables: functions, and values by table and name.
public struct ScriptGlobals {
  /// The functions.
  public var functions: [ScriptFunction]
  /// The values.
  public var constants: [(table: String, name: String, write: (ScriptWriter) -> Void)]

  /// Functions that return a copy of the table that they are in.
  public var copiers: [(table: String, name: String)]

  /// Functions and values.
  public init(
    functions: [ScriptFunction], constants: [(table: String, name: String, write: (ScriptWriter) -> Void)],
    copiers: [(table: String, name: String)] = []
  ) {
    self.functions = functions
    self.constants = constants
    self.copiers = copiers
  }
}
