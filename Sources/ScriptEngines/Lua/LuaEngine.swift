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
  /// The name that errors have for a script.
  private static let chunkName = "@user_script"

  private var state: OpaquePointer?
  private let functions: [ScriptFunction]
  /// Asked now and then whether a running script is to end.
  private let interrupts: (inout Context) -> Bool
  private let arguments = ScriptWriter()
  private let result = ScriptWriter()
  /// The context of the running script.
  private var context: UnsafeMutablePointer<Context>?
  /// What of the interpreter's memory the server knows of.
  private var countedMemory = 0

  /// An interpreter with these functions and constants, by table and name; nil without the library, or memory.
  public init?(
    functions: [ScriptFunction], constants: [(table: String, name: String, write: (ScriptWriter) -> Void)],
    interrupts: @escaping (inout Context) -> Bool
  ) {
    self.functions = functions
    self.interrupts = interrupts
    unsafe context = nil
    unsafe state = nil
    guard LuaLibrary.isPresent else { return nil }
    let host = unsafe clua_host(
      context: Unmanaged.passUnretained(self).toOpaque(),
      perform: { engine, function, arguments, result in
        unsafe LuaEngine.at(engine).perform(Int(function), arguments, result)
      },
      interrupt: { engine in unsafe LuaEngine.at(engine).isInterrupted() ? 1 : 0 })
    guard let state = unsafe clua_new(host) else { return nil }
    unsafe self.state = state
    var isComplete = true
    for (number, function) in functions.enumerated() {
      let failed = unsafe clua_add_function(
        state, function.table, function.name, Int32(number), Int32(function.depth))
      isComplete = isComplete && failed == 0
    }
    for constant in constants {
      result.removeAll()
      constant.write(result)
      let value = unsafe Self.run(result.place.value.bytes)
      isComplete = unsafe clua_add_value(state, constant.table, constant.name, value) == 0 && isComplete
    }
    isComplete = unsafe clua_seal(state) == 0 && isComplete
    if !isComplete { return nil }
    countMemory()
  }

  deinit {
    if let state = unsafe state { unsafe clua_free(state) }
    Malloc.add(-countedMemory)
    unsafe arguments.place.free()
    unsafe result.place.free()
  }

  public var memoryInUse: Int { unsafe state.map { unsafe Int(clua_memory($0)) } ?? 0 }

  /// The most that the interpreter may allocate, bytes; 0 for no limit.
  public func limitMemory(_ bytes: Int) {
    if let state = unsafe state { unsafe clua_limit_memory(state, max(0, bytes)) }
  }

  /// Frees a part of what no script refers to, or all of it.
  public func collectGarbage(completely: Bool) {
    if let state = unsafe state { unsafe clua_collect(state, completely ? 1 : 0) }
    countMemory()
  }

  public func compile(_ source: borrowing Bytes) throws(CommandError) -> CompiledScript {
    guard let state = unsafe state else { throw .literal("ERR no interpreter") }
    var outcome = unsafe clua_outcome()
    var reference: Int32 = 0
    let failed = unsafe clua_compile(state, Self.run(source), Self.chunkName, &reference, &outcome)
    countMemory()
    if failed == 0 { return CompiledScript(reference: reference) }
    var reader = unsafe ScriptReader(Self.bytes(outcome.value))
    throw .text("ERR Error compiling script (new function): \(ErrorText(reader.next().text ?? []))")
  }

  public func release(_ script: CompiledScript) {
    if let state = unsafe state { unsafe clua_release(state, script.reference) }
  }

  public func call(
    _ script: CompiledScript, _ call: borrowing Call, from first: Int, keyCount: Int, _ context: inout Context,
    _ finish: (borrowing ScriptOutcome, inout Context) throws(CommandError) -> Void
  ) throws(CommandError) {
    guard let state = unsafe state, unsafe self.context == nil else { throw .literal("ERR a script is running") }
    writeArguments(call, first, keyCount)
    var outcome = unsafe clua_outcome()
    unsafe withUnsafeMutablePointer(to: &context) { address in
      unsafe self.context = unsafe address
      unsafe clua_call(state, script.reference, Self.run(arguments.place.value.bytes), &outcome)
      unsafe self.context = nil
    }
    countMemory()
    var reader = unsafe ScriptReader(Self.bytes(outcome.value))
    let value = reader.next()
    let source = unsafe outcome.source.map { unsafe Array(String(cString: $0).utf8) } ?? []
    let ended = unsafe ScriptOutcome(
      isFailure: outcome.failed != 0, value: value, source: source, line: Int(outcome.line))
    try finish(ended, &context)
  }

  /// Writes what the script finds in KEYS and ARGV.
  private func writeArguments(_ call: borrowing Call, _ first: Int, _ keyCount: Int) {
    arguments.removeAll()
    arguments.array(keyCount)
    for index in first..<first + keyCount { arguments.string(call[index]) }
    arguments.array(call.count - first - keyCount)
    for index in first + keyCount..<call.count { arguments.string(call[index]) }
  }

  private func perform(
    _ function: Int, _ arguments: clua_bytes, _ answer: UnsafeMutablePointer<clua_bytes>
  ) -> Int32 {
    countMemory()
    result.removeAll()
    guard let context = unsafe context else { return Int32(CLUA_RETURN) }
    var reader = unsafe ScriptReader(Self.bytes(arguments))
    let outcome = unsafe functions[function].body(&reader, result, &context.pointee)
    unsafe answer.pointee = unsafe Self.run(result.place.value.bytes)
    switch outcome {
    case .results: return Int32(CLUA_RETURN)
    case .raise: return Int32(CLUA_RAISE)
    case .raisePlaced: return Int32(CLUA_RAISE_PLACED)
    case .badArgument: return Int32(CLUA_BAD_ARGUMENT)
    }
  }

  private func isInterrupted() -> Bool {
    countMemory()
    guard let context = unsafe context else { return false }
    return unsafe interrupts(&context.pointee)
  }

  /// Has the server know what the interpreter holds.
  private func countMemory() {
    let memory = memoryInUse
    if memory != countedMemory {
      Malloc.add(memory - countedMemory)
      countedMemory = memory
    }
  }

  private static func at(_ address: UnsafeMutableRawPointer?) -> LuaEngine {
    unsafe Unmanaged<LuaEngine>.fromOpaque(address.unsafelyUnwrapped).takeUnretainedValue()
  }

  private static func run(_ bytes: borrowing Bytes) -> clua_bytes {
    unsafe clua_bytes(start: bytes.baseAddress.assumingMemoryBound(to: UInt8.self), count: bytes.count)
  }

  @unsafe @_lifetime(immortal)
  private static func bytes(_ run: clua_bytes) -> Bytes {
    guard let start = unsafe run.start else { return Bytes("") }
    return unsafe Bytes(unsafeStart: UnsafeRawPointer(start), count: run.count)
  }
}
