// Unsafe: arguments are addresses into the connection's read buffer, which outlives the call.

import Containers

/// Where one argument lies.
@usableFromInline
@safe
struct Argument {
  @usableFromInline let start: UnsafeRawPointer
  @usableFromInline let count: Int

  @unsafe @inlinable
  init(_ start: UnsafeRawPointer, _ count: Int) {
    unsafe self.start = start
    self.count = count
  }
}

/// The arguments of one call, the command's name first: views of the buffer they arrived in.
@safe
public struct Call: ~Escapable {
  @usableFromInline let arguments: UnsafePointer<Argument>
  /// Number of arguments, the command's name included.
  public let count: Int

  @unsafe @inlinable @_lifetime(immortal)
  init(_ arguments: UnsafePointer<Argument>, count: Int) {
    unsafe self.arguments = arguments
    self.count = count
  }

  /// The call whose arguments lie where an array says, of addresses and lengths in bytes by turns, a word each. Whoever
  /// makes it vouches that all of that outlives it.
  @unsafe @_lifetime(immortal)
  public init(unsafeArguments: UnsafeRawPointer, count: Int) {
    unsafe self.init(unsafeArguments.assumingMemoryBound(to: Argument.self), count: count)
  }

  /// The argument at `index`; 0 is the command's name. A trap when out of range.
  @inlinable
  public subscript(index: Int) -> Bytes {
    @_lifetime(copy self) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "argument index out of range")
      let argument = unsafe arguments[index]
      return unsafe _overrideLifetime(Bytes(unsafeStart: argument.start, count: argument.count), copying: self)
    }
  }

  /// The call that begins at the argument `index`: for commands that take a whole command as arguments.
  @_lifetime(copy self)
  public func suffix(from index: Int) -> Call {
    precondition(index >= 0 && index <= count, "argument index out of range")
    return unsafe _overrideLifetime(Call(arguments + index, count: count - index), copying: self)
  }

  /// The argument as a 64-bit integer in its one canonical spelling.
  public func integer(_ index: Int) throws(CommandError) -> Int64 {
    guard let value = self[index].integer else { throw .notInteger }
    return value
  }

  /// The argument as an integer in a range, with Redis' error for one that is not.
  public func integer(_ index: Int, in range: ClosedRange<Int64>) throws(CommandError) -> Int64 {
    let value = try integer(index)
    guard range.contains(value) else {
      throw .literal(
        range.lowerBound >= 0 ? "ERR value is out of range, must be positive" : "ERR value is out of range")
    }
    return value
  }

  /// Whether the argument is this word, upper and lower case alike.
  @inlinable
  public func matches(_ index: Int, _ word: StaticString) -> Bool { self[index].equalsIgnoringCase(word) }
}
