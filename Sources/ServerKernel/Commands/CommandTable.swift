// Unsafe: buckets are memory of their own, which every request looks into.

import Containers

/// All commands by name, upper and lower case alike.
@safe
final class CommandTable {
  /// Commands in the order of registration.
  private(set) var commands: [Command] = []
  private let buckets: UnsafeMutablePointer<Bucket>
  private let mask: Int

  private struct Bucket {
    var name = CommandName()
    var entry: CommandHandle?
  }

  /// At most half full, so that most lookups see one bucket.
  private static let bucketCount = 1024

  init() {
    unsafe buckets = .allocate(capacity: Self.bucketCount)
    unsafe buckets.initialize(repeating: Bucket(), count: Self.bucketCount)
    mask = Self.bucketCount - 1
  }

  /// The entry of a command; nil when there is none of this name.
  @inline(__always)
  func find(_ name: borrowing Bytes) -> CommandHandle? {
    guard let wanted = CommandName(name) else { return nil }
    var index = wanted.hash & mask
    while let entry = unsafe buckets[index].entry {
      if unsafe buckets[index].name == wanted { return entry }
      index = (index &+ 1) & mask
    }
    return nil
  }

  /// A command, or with `a|b` a subcommand, by its name.
  func command(_ fullName: borrowing Bytes) -> Command? {
    var end = 0
    while end < fullName.count && fullName[end] != UInt8(ascii: "|") { end += 1 }
    guard let entry = find(fullName[0..<end]) else { return nil }
    let command = entry.value.command
    if end == fullName.count { return command }
    return command.subcommand(fullName[end + 1..<fullName.count])
  }

  /// Adds a command whose metadata has been validated.
  func add(_ command: Command) {
    precondition(commands.count < Self.bucketCount / 2, "more commands than the table has room for")
    command.makeEntry()
    for subcommand in command.subcommands { subcommand.makeEntry() }
    commands.append(command)
    insert(command.spec.name, command)
  }

  /// Removes a name, or gives it another (rename-command). False when there is no such command.
  func rename(_ name: borrowing Bytes, to newName: String) -> Bool {
    guard let entry = find(name) else { return false }
    let command = entry.value.command
    // Open addressing: a name is taken out by building the table anew.
    unsafe buckets.update(repeating: Bucket(), count: Self.bucketCount)
    commands.removeAll { $0 === command }
    for other in commands { insert(other.activeName, other) }
    if !newName.isEmpty {
      command.activeName = newName
      commands.append(command)
      insert(newName, command)
    }
    return true
  }

  private func insert(_ name: String, _ command: Command) {
    guard let key = CommandName(Array(name.utf8).bytes) else { fatalError("command name '\(name)' is too long") }
    var index = key.hash & mask
    while unsafe buckets[index].entry != nil { index = (index &+ 1) & mask }
    unsafe buckets[index].name = key
    unsafe buckets[index].entry = command.entry
  }
}

extension Command {
  /// The subcommand of this name.
  func subcommand(_ name: borrowing Bytes) -> Command? {
    for subcommand in subcommands {
      let word = Array(subcommand.spec.name.utf8)
      if word.count == name.count && word.bytes.isLowercase(of: name) { return subcommand }
    }
    return nil
  }
}

extension Bytes {
  /// Whether these bytes are `other` in lower case.
  func isLowercase(of other: borrowing Bytes) -> Bool {
    if count != other.count { return false }
    for index in 0..<count where asciiLowercase(other[index]) != self[index] { return false }
    return true
  }
}

/// A command's name in lower case, up to 24 bytes, compared as three words with zeros behind the last byte.
struct CommandName: Equatable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0

  init() {}

  @inline(__always)
  init?(_ name: borrowing Bytes) {
    let count = name.count
    if count == 0 || count > 24 { return nil }
    // A zero byte at the end would be taken for the filling.
    if name[count - 1] == 0 { return nil }
    first = Self.lowercase(name.word(at: 0))
    if count > 8 { second = Self.lowercase(name.word(at: 8)) }
    if count > 16 { third = Self.lowercase(name.word(at: 16)) }
  }

  /// Eight letters at once: in each byte, bit 7 of the sums tells whether it is at least "A", and more than "Z".
  @inline(__always)
  private static func lowercase(_ word: UInt64) -> UInt64 {
    let bytes: UInt64 = 0x0101_0101_0101_0101
    let low = word & (bytes &* 0x7f)
    let isUppercase = (low &+ bytes &* 0x3f) & ~(low &+ bytes &* 0x25) & ~word & (bytes &* 0x80)
    return word | isUppercase >> 2
  }

  @inline(__always)
  var hash: Int {
    let mixed = (first ^ second &* 31 ^ third &* 131) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 40)
  }
}
