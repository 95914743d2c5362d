import Containers
import ScriptEngines
import ServerKernel

/// The libraries of functions, and their interpreter.
final class FunctionLibraries {
  /// What every call touches: in a place, where no access has to be checked.
  private struct State {
    var engine: LuaEngine?
    var table = LibraryTable()
    /// Functions that were found last.
    var recent = RecentSubjects()
  }

  private let state = Place(State())
  /// Nil until the first library is loaded.
  var engine: LuaEngine? {
    get { state.value.engine }
    set { state.value.engine = newValue }
  }
  private(set) var table: LibraryTable {
    get { state.value.table }
    set {
      state.value.table = newValue
      state.value.recent.removeAll()
    }
  }
  /// The library that is being loaded, and since when.
  fileprivate(set) var loading: (library: FunctionLibrary, start: Int64)?

  /// Loading takes no longer than this, milliseconds: others wait for it.
  private static let longestLoad: Int64 = 500

  /// The function of this name, in either case.
  func find(_ text: borrowing Bytes) -> ScriptSubject? {
    let place = state
    let name = ShortName(text)
    if let name, let found = place.value.recent.find(name) { return found.subject }
    guard let function = place.value.table.function(text) else { return nil }
    if let name { place.value.recent.add(name, .init(subject: function.subject, slot: nil)) }
    return function.subject
  }

  /// The error that ends a library which is being loaded, once it has taken too long.
  func loadTimeout(_ start: Int64) -> StaticString? {
    let milliseconds = (Clock.monotonicNanoseconds() - start) / 1_000_000
    return milliseconds > Self.longestLoad ? "ERR FUNCTION LOAD timeout" : nil
  }

  /// Puts other libraries in the place of those that there are; what is gone of them is given back.
  fileprivate func replace(by new: LibraryTable) {
    let old = table
    table = new
    for library in old.libraries.values where new.libraries[library.name] !== library { discard(library) }
  }

  /// Gives back what the interpreter has of a library.
  fileprivate func discard(_ library: FunctionLibrary) {
    for function in library.functions { engine?.release(function.compiled) }
  }

  /// Forgets all libraries, with an interpreter that is made anew when it is needed.
  func removeAll() {
    table = LibraryTable()
    engine = nil
  }

  /// Forgets a library.
  func remove(_ name: [UInt8]) throws(CommandError) {
    guard let library = table.remove(name) else { throw .literal("ERR Library not found") }
    discard(library)
  }
}

/// What becomes of libraries that are there when others are restored.
enum RestorePolicy {
  case flush, append, replace
}

extension Scripts {
  /// Loads a library; one of its name goes if `replaces`, once all is well.
  func loadLibrary(
    _ source: borrowing Bytes, replaces: Bool, _ context: inout Context
  ) throws(CommandError) -> FunctionLibrary {
    try requireNoRun()
    let header = try LibraryHeader(source)
    var table = functions.table
    if table.remove(header.name) != nil && !replaces {
      throw .text("ERR Library '\(ErrorText(header.name))' already exists")
    }
    let library = try makeLibrary(source, header, &context)
    do throws(CommandError) {
      try table.add(library)
    } catch {
      functions.discard(library)
      throw error
    }
    functions.replace(by: table)
    return library
  }

  /// Loads libraries together: all of them, or none.
  func restore(_ sources: [[UInt8]], _ policy: RestorePolicy, _ context: inout Context) throws(CommandError) {
    try requireNoRun()
    var restored: [FunctionLibrary] = []
    do throws(CommandError) {
      var alone = LibraryTable()
      for source in sources {
        let header = try LibraryHeader(source.bytes)
        if alone.libraries[header.name] != nil { throw .text("ERR Library '\(ErrorText(header.name))' already exists") }
        let library = try makeLibrary(source.bytes, header, &context)
        restored.append(library)
        try alone.add(library)
      }
      if policy == .flush { return functions.replace(by: alone) }
      var table = functions.table
      for library in restored where table.remove(library.name) != nil && policy == .append {
        throw .text("ERR Library \(ErrorText(library.name)) already exists")
      }
      for library in restored { try table.add(library) }
      functions.replace(by: table)
    } catch {
      for library in restored { functions.discard(library) }
      throw error
    }
  }

  /// What runs is of the libraries: they stay as they are.
  private func requireNoRun() throws(CommandError) {
    if run != nil { throw .literal("ERR a script is running") }
  }

  /// Compiles a library and runs it, so that it registers its functions.
  private func makeLibrary(
    _ source: borrowing Bytes, _ header: LibraryHeader, _ context: inout Context
  ) throws(CommandError) -> FunctionLibrary {
    let library = FunctionLibrary(name: header.name, source: source.array)
    // A file must not lose what cannot be carried out at present.
    if context.origin.mustBeObeyed && !LuaLibrary.isPresent { return library }
    let engine = try requireFunctionEngine()
    let compiled = try engine.compile(source[header.length..<source.count], problem: "Error compiling function")
    functions.loading = (library, Clock.monotonicNanoseconds())
    defer {
      functions.loading = nil
      engine.release(compiled)
    }
    do throws(CommandError) {
      try engine.load(compiled, &context) { outcome throws(CommandError) in
        if !outcome.isFailure { return }
        throw .text("ERR Error registering functions: \(ErrorText(ErrorFields(outcome).text))")
      }
      if library.functions.isEmpty { throw .literal("ERR No functions registered") }
    } catch {
      functions.discard(library)
      throw error
    }
    return library
  }
}
