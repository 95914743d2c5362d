// Unsafe: calls C, which calls back with the address of the engine. The context of a running script is known by its
// address for the time of the call.

import CLua
import Containers
import ServerKernel

/// Lua 5.1 by the system's library.
///
/// All of Lua's interface is used in the target `CLua`: an error of Lua's is a longjmp, which must not cross Swift's
/// frames. What is here gets and gives runs of bytes.
@safe
public final class LuaEngine: ScriptEngine {
  /// What an engine is for.
  public enum Purpose: Sendable {
    /// Scripts, which find keys and arguments in `KEYS` and `ARGV`.
    case scripts
    /// Libraries of functions, which get them as arguments.
    case functions

    /// The name that errors have for the code.
    var chunkName: String { self == .scripts ? "@user_script" : "@user_function" }
  }

  /// What changes with each call: in a place, where no access has to be checked.
  @safe
  private struct Variables {
    /// The interpreter.
    var state: OpaquePointer?
    /// The context of the running script.
    var context: UnsafeMutablePointer<Context>?
    /// What of the interpreter's memory the server knows of.
    var countedMemory = 0

    init() {
      unsafe state = nil
      unsafe context = nil
    }
  }

  let purpose: Purpose
  private let variables = Place(Variables())
  /// The functions, by number: held, and as they are called, without counting references.
  private let functions: [ScriptFunction]
  private let uncountedFunctions: [Unmanaged<ScriptFunction>]
  /// Asked now and then for the error that a running script is to end with.
  private let interrupts: (inout Context) -> StaticString?
  private let arguments = ScriptWriter()
  private let result = ScriptWriter()

  /// An interpreter in which code finds `globals`, and libraries `loading` and nothing else while they are loaded; nil
  /// without the library, or memory.
  public init?(
    for purpose: Purpose, _ globals: ScriptGlobals, loading: ScriptGlobals? = nil,
    interrupts: @escaping (inout Context) -> StaticString?
  ) {
    self.purpose = purpose
    functions = globals.functions + (loading?.functions ?? [])
    unsafe uncountedFunctions = functions.map { unsafe .passUnretained($0) }
    self.interrupts = interrupts
    guard LuaLibrary.isPresent else { return nil }
    let host = unsafe clua_host(
      context: Unmanaged.passUnretained(self).toOpaque(),
      perform: { engine, function, arguments, result in
        unsafe LuaEngine.at(engine)._withUnsafeGuaranteedRef { unsafe $0.perform(Int(function), arguments, result) }
      },
      perform_words: { engine, function, words, count, isComplete, result in
        unsafe LuaEngine.at(engine)._withUnsafeGuaranteedRef {
          let call = unsafe Call(unsafeArguments: words, count: count)
          return unsafe $0.perform(Int(function), call, isComplete: isComplete != 0, result)
        }
      },
      interrupt: { engine in
        let text = unsafe LuaEngine.at(engine)._withUnsafeGuaranteedRef { $0.interruption() }
        guard let text else { return nil }
        return unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
      })
    guard let state = unsafe clua_new(host) else { return nil }
    unsafe variables.value.state = state
    var isComplete = add(globals, CLUA_RUNNING, firstFunction: 0)
    if let loading {
      isComplete = add(loading, CLUA_LOADING, firstFunction: globals.functions.count) && isComplete
    }
    isComplete = unsafe clua_seal(state) == 0 && isComplete
    if !isComplete { return nil }
    countMemory()
  }

  deinit {
    if let state = unsafe variables.value.state { unsafe clua_free(state) }
    Malloc.add(-variables.value.countedMemory)
    unsafe variables.free()
    unsafe arguments.place.free()
    unsafe result.place.free()
  }

  /// Adds functions, which are numbered from `firstFunction` on, and values; whether there was memory for all of them.
  private func add(_ globals: ScriptGlobals, _ scope: Int, firstFunction: Int) -> Bool {
    guard let state = unsafe variables.value.state else { return false }
    var isComplete = true
    for (index, function) in globals.functions.enumerated() {
      let failed = unsafe function.table.withCString { table in
        unsafe function.name.withCString { name in
          unsafe clua_add_function(
            state, Int32(scope),
            clua_function(
              table: table, name: name, number: Int32(firstFunction + index), depth: Int32(function.depth),
              takes_functions: function.takesFunctions ? 1 : 0, takes_words: function.takesWords ? 1 : 0))
        }
      }
      isComplete = isComplete && failed == 0
    }
    for constant in globals.constants {
      result.removeAll()
      constant.write(result)
      let value = unsafe Self.run(result.place.value.bytes)
      isComplete = unsafe clua_add_value(state, Int32(scope), constant.table, constant.name, value) == 0 && isComplete
    }
    for copier in globals.copiers {
      isComplete = unsafe clua_add_copier(state, Int32(scope), copier.table, copier.name) == 0 && isComplete
    }
    return isComplete
  }

  public var memoryInUse: Int { unsafe variables.value.state.map { unsafe Int(clua_memory($0)) } ?? 0 }

  /// The most that the interpreter may allocate, bytes; 0 for no limit.
  public func limitMemory(_ bytes: Int) {
    if let state = unsafe variables.value.state { unsafe clua_limit_memory(state, max(0, bytes)) }
  }

  /// Frees a part of what no script refers to, or all of it.
  public func collectGarbage(completely: Bool) {
    if let state = unsafe variables.value.state { unsafe clua_collect(state, completely ? 1 : 0) }
    countMemory()
  }

  public func compile(
    _ source: borrowing Bytes, problem: StaticString
  ) throws(CommandError) -> CompiledScript {
    guard let state = unsafe variables.value.state else { throw .literal("ERR no interpreter") }
    var outcome = unsafe clua_outcome()
    var reference: Int32 = 0
    let failed = unsafe clua_compile(state, Self.run(source), purpose.chunkName, &reference, &outcome)
    countMemory()
    if failed == 0 { return CompiledScript(reference: reference) }
    var reader = unsafe ScriptReader(Self.bytes(outcome.value))
    throw .text("ERR \(ErrorText(problem)): \(ErrorText(reader.next().text ?? []))")
  }

  public func release(_ script: CompiledScript) {
    if let state = unsafe variables.value.state { unsafe clua_release(state, script.reference) }
  }

  public func call(
    _ script: CompiledScript, _ call: borrowing Call, keyCount: Int, _ context: inout Context,
    _ finish: (borrowing ScriptOutcome, inout Context) throws(CommandError) -> Void
  ) throws(CommandError) {
    guard let state = unsafe variables.value.state, unsafe variables.value.context == nil else {
      throw .literal("ERR a script is running")
    }
    let prefix = writeArguments(call, keyCount)
    var outcome = unsafe clua_outcome()
    unsafe withUnsafeMutablePointer(to: &context) { address in
      unsafe variables.value.context = unsafe address
      let values = arguments.place.value.bytes
      unsafe clua_call(
        state, script.reference, purpose == .functions ? 1 : 0, Self.run(values[prefix..<values.count]), &outcome)
      unsafe variables.value.context = nil
    }
    countMemory()
    try unsafe finish(Self.ended(outcome), &context)
  }

  public func load(
    _ script: CompiledScript, _ context: inout Context,
    _ finish: (borrowing ScriptOutcome) throws(CommandError) -> Void
  ) throws(CommandError) {
    guard let state = unsafe variables.value.state, unsafe variables.value.context == nil else {
      throw .literal("ERR a script is running")
    }
    var outcome = unsafe clua_outcome()
    unsafe withUnsafeMutablePointer(to: &context) { address in
      unsafe variables.value.context = unsafe address
      unsafe clua_load(state, script.reference, &outcome)
      unsafe variables.value.context = nil
    }
    countMemory()
    try unsafe finish(Self.ended(outcome))
  }

  /// Writes what the script finds for keys and arguments. Before that, where it can be asked for, stands what comes
  /// first in the call; returns how many bytes that is.
  private func writeArguments(_ call: borrowing Call, _ keyCount: Int) -> Int {
    arguments.removeAll()
    if purpose == .functions { for index in 0..<3 { arguments.string(call[index]) } }
    let prefix = arguments.place.value.count
    arguments.array(keyCount)
    for index in 3..<3 + keyCount { arguments.string(call[index]) }
    arguments.array(call.count - 3 - keyCount)
    for index in 3 + keyCount..<call.count { arguments.string(call[index]) }
    return prefix
  }

  /// Passes on the words of the call of the function that runs now.
  public func forEachWord(_ body: (borrowing Bytes) -> Void) {
    let place = arguments.place
    let bytes = place.value.bytes
    var position = 0
    while position < bytes.count {
      // A count stands before keys, and one before arguments.
      if bytes[position] == UInt8(ascii: "[") {
        position += 9
        continue
      }
      let end = position + 9 + Int(bytes.word(at: position + 1))
      body(bytes[position + 9..<end])
      position = end
    }
  }

  private func perform(
    _ function: Int, _ arguments: clua_bytes, _ answer: UnsafeMutablePointer<clua_bytes>
  ) -> Int32 {
    unsafe perform(function, answer) { function, context in
      var reader = unsafe ScriptReader(Self.bytes(arguments))
      return function.body(&reader, result, &context)
    }
  }

  private func perform(
    _ function: Int, _ words: borrowing Call, isComplete: Bool, _ answer: UnsafeMutablePointer<clua_bytes>
  ) -> Int32 {
    unsafe perform(function, answer) { function, context in function.wordsBody(words, isComplete, result, &context) }
  }

  /// Carries a function out by `body`, and answers with what it wrote.
  @inline(__always)
  private func perform(
    _ function: Int, _ answer: UnsafeMutablePointer<clua_bytes>,
    by body: (ScriptFunction, inout Context) -> ScriptFunction.Outcome
  ) -> Int32 {
    result.removeAll()
    guard let context = unsafe variables.value.context else { return Int32(CLUA_RETURN) }
    let outcome = unsafe uncountedFunctions[function]._withUnsafeGuaranteedRef { unsafe body($0, &context.pointee) }
    unsafe answer.pointee = unsafe Self.run(result.place.value.bytes)
    switch outcome {
    case .results: return Int32(CLUA_RETURN)
    case .raise: return Int32(CLUA_RAISE)
    case .raisePlaced: return Int32(CLUA_RAISE_PLACED)
    case .badArgument: return Int32(CLUA_BAD_ARGUMENT)
    }
  }

  private func interruption() -> StaticString? {
    countMemory()
    guard let context = unsafe variables.value.context else { return nil }
    return unsafe interrupts(&context.pointee)
  }

  /// Has the server know what the interpreter holds.
  private func countMemory() {
    let memory = memoryInUse
    let counted = variables.value.countedMemory
    if memory != counted {
      Malloc.add(memory - counted)
      variables.value.countedMemory = memory
    }
  }

  private static func at(_ address: UnsafeMutableRawPointer?) -> Unmanaged<LuaEngine> {
    unsafe .fromOpaque(address.unsafelyUnwrapped)
  }

  private static func run(_ bytes: borrowing Bytes) -> clua_bytes {
    unsafe clua_bytes(start: bytes.baseAddress.assumingMemoryBound(to: UInt8.self), count: bytes.count)
  }

  @unsafe @_lifetime(immortal)
  private static func bytes(_ run: clua_bytes) -> Bytes {
    guard let start = unsafe run.start else { return Bytes("") }
    return unsafe Bytes(unsafeStart: UnsafeRawPointer(start), count: run.count)
  }

  /// How a script ended; holds until the next one is run.
  @unsafe @_lifetime(immortal)
  private static func ended(_ outcome: clua_outcome) -> ScriptOutcome {
    var reader = unsafe ScriptReader(bytes(outcome.value))
    // Only errors have a source, and those are rare: nothing is allocated for the others.
    let source = unsafe outcome.failed == 0 ? [] : outcome.source.map { unsafe Array(String(cString: $0).utf8) } ?? []
    return unsafe ScriptOutcome(
      isFailure: outcome.failed != 0, value: reader.next(), source: source, line: Int(outcome.line))
  }
}
