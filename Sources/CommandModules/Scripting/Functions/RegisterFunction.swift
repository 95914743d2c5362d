import Containers
import ScriptEngines
import ServerKernel

// `redis.register_function`, which libraries call while they are loaded.
extension FunctionLibraries {
  /// The function, for scripts.
  var registerFunction: ScriptFunction {
    ScriptFunction("redis", "register_function", depth: 2, takesFunctions: true) { [self] arguments, result, _ in
      do throws(RegistrationError) {
        try register(&arguments)
        return .results
      } catch {
        writeError(Bytes(error.text), isCounted: false, result)
        return .raise
      }
    }
  }

  private func register(_ arguments: inout ScriptReader) throws(RegistrationError) {
    // All that were passed are held, whatever they were passed as.
    var held: [CompiledScript] = []
    collect(arguments, into: &held)
    defer { for callback in held { engine?.release(callback) } }
    guard let library = loading?.library else {
      throw RegistrationError("ERR redis.register_function can only be called on FUNCTION LOAD command")
    }
    var draft = FunctionDraft()
    switch arguments.count {
    case 1: try draft.readNamed(arguments.next())
    case 2: try draft.readPositional(&arguments)
    default: throw RegistrationError("ERR wrong number of arguments to redis.register_function")
    }
    guard let name = draft.name else {
      throw RegistrationError("ERR redis.register_function must get a function name argument")
    }
    guard let compiled = draft.callback else {
      throw RegistrationError("ERR redis.register_function must get a callback argument")
    }
    guard FunctionLibrary.isName(name) else { throw RegistrationError(FunctionLibrary.badName) }
    let function = Function(name: name, compiled: compiled, description: draft.description, flags: draft.flags)
    guard library.add(function) else {
      throw RegistrationError("ERR Function already exists in the library")
    }
    held.removeAll { $0 == compiled }
  }

  /// Adds the functions among values, and in their tables.
  private func collect(_ values: borrowing ScriptReader, into held: inout [CompiledScript]) {
    var values = copy values
    while !values.isAtEnd {
      let value = values.next()
      if let function = value.function { held.append(function) }
      if value.kind == .table { collect(value.pairs, into: &held) }
    }
  }
}

/// Why a function is not registered: a whole error.
private struct RegistrationError: Error {
  let text: StaticString
  init(_ text: StaticString) { self.text = text }
}

/// A function on the way to its library.
private struct FunctionDraft {
  var name: [UInt8]?
  var description: [UInt8]?
  var flags: ScriptFlags = []
  var callback: CompiledScript?

  /// `register_function(name, callback)`
  mutating func readPositional(_ arguments: inout ScriptReader) throws(RegistrationError) {
    name = arguments.next().text
    callback = arguments.next().function
    if name == nil { throw RegistrationError("ERR first argument to redis.register_function must be a string") }
    if callback == nil { throw RegistrationError("ERR second argument to redis.register_function must be a function") }
  }

  /// `register_function{function_name=, callback=, description=, flags=}`
  mutating func readNamed(_ table: borrowing ScriptValue) throws(RegistrationError) {
    guard table.kind == .table else {
      throw RegistrationError(
        """
        ERR calling redis.register_function with a single argument is only applicable to Lua table (representing named \
        arguments).
        """)
    }
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next(), value = pairs.next()
      guard let word = key.text else {
        throw RegistrationError("ERR named argument key given to redis.register_function is not a string")
      }
      try read(word, value)
    }
  }

  private mutating func read(_ word: [UInt8], _ value: borrowing ScriptValue) throws(RegistrationError) {
    let word = word.bytes
    if word.equalsIgnoringCase("function_name") {
      name = value.text
      if name == nil {
        throw RegistrationError("ERR function_name argument given to redis.register_function must be a string")
      }
    } else if word.equalsIgnoringCase("description") {
      description = value.text
      if description == nil {
        throw RegistrationError("ERR description argument given to redis.register_function must be a string")
      }
    } else if word.equalsIgnoringCase("callback") {
      callback = value.function
      if callback == nil {
        throw RegistrationError("ERR callback argument given to redis.register_function must be a function")
      }
    } else if word.equalsIgnoringCase("flags") {
      guard value.kind == .table else {
        throw RegistrationError(
          "ERR flags argument to redis.register_function must be a table representing function flags")
      }
      try readFlags(value)
    } else {
      throw RegistrationError("ERR unknown argument given to redis.register_function")
    }
  }

  private mutating func readFlags(_ table: borrowing ScriptValue) throws(RegistrationError) {
    var found: ScriptFlags = []
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next(), value = pairs.next()
      if key.kind != .number { continue }
      let text = value.text ?? []
      guard let flag = ScriptFlags.names.first(where: { text.bytes.equalsIgnoringCase($0.name) })?.flag else {
        throw RegistrationError("ERR unknown flag given")
      }
      found.insert(flag)
    }
    flags = found
  }
}
