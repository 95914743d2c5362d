import Containers
import ScriptEngines
import ServerKernel

/// Libraries by their name, and functions by theirs. A value: what is to be loaded as a whole is added to a copy.
struct LibraryTable {
  private(set) var libraries: [[UInt8]: FunctionLibrary] = [:]
  /// By the hash of the name in lower case: functions are found in either case.
  private var functions: [UInt64: [Function]] = [:]
  private(set) var functionCount = 0
  private(set) var sourceBytes = 0

  /// The function of this name, in either case.
  func function(_ name: borrowing Bytes) -> Function? {
    guard let found = functions[Self.hash(name)] else { return nil }
    for function in found {
      let known = function.name
      if Self.isSame(name, known.bytes) { return function }
    }
    return nil
  }

  /// The name of a function.
  func name(of compiled: CompiledScript) -> [UInt8]? {
    for library in libraries.values {
      for function in library.functions where function.compiled == compiled { return function.name }
    }
    return nil
  }

  /// Adds a library, unless one of its functions has a name that is taken.
  mutating func add(_ library: FunctionLibrary) throws(CommandError) {
    for new in library.functions {
      let name = new.name
      if function(name.bytes) != nil { throw .text("ERR Function \(name.bytes) already exists") }
    }
    libraries[library.name] = library
    sourceBytes += library.source.count
    functionCount += library.functions.count
    for function in library.functions { functions[Self.hash(of: function), default: []].append(function) }
  }

  /// Removes the library of this name; nil when there is none.
  mutating func remove(_ name: [UInt8]) -> FunctionLibrary? {
    guard let library = libraries.removeValue(forKey: name) else { return nil }
    sourceBytes -= library.source.count
    functionCount -= library.functions.count
    for function in library.functions {
      let hash = Self.hash(of: function)
      functions[hash]?.removeAll { $0 === function }
      if functions[hash]?.isEmpty ?? false { functions[hash] = nil }
    }
    return library
  }

  private static func hash(of function: Function) -> UInt64 {
    let name = function.name
    return hash(name.bytes)
  }

  private static func hash(_ name: borrowing Bytes) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in 0..<name.count { hash = (hash ^ UInt64(asciiLowercase(name[index]))) &* 0x100_0000_01b3 }
    return hash
  }

  private static func isSame(_ left: borrowing Bytes, _ right: borrowing Bytes) -> Bool {
    if left.count != right.count { return false }
    for index in 0..<left.count where asciiLowercase(left[index]) != asciiLowercase(right[index]) { return false }
    return true
  }
}
