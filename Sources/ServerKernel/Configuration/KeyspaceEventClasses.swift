/// Which keyspace events are published: the value of `notify-keyspace-events`.
public struct KeyspaceEventClasses: OptionSet, SettingValue {
  /// The bits.
  public let rawValue: Int
  /// A set of the given bits.
  @inlinable public init(rawValue: Int) { self.rawValue = rawValue }
  /// The value that a stored word stands for.
  @inlinable public init(settingWord: Int) { rawValue = settingWord }
  /// The word that a `Setting` stores.
  @inlinable public var settingWord: Int { rawValue }

  /// `K`: publish to `__keyspace@<db>__` channels.
  @inlinable public static var keyspace: Self { Self(rawValue: 1 << 0) }
  /// `E`: publish to `__keyevent@<db>__` channels.
  @inlinable public static var keyevent: Self { Self(rawValue: 1 << 1) }
  /// `g`: commands of no type, such as DEL and EXPIRE.
  @inlinable public static var generic: Self { Self(rawValue: 1 << 2) }
  /// `$`
  @inlinable public static var string: Self { Self(rawValue: 1 << 3) }
  /// `l`
  @inlinable public static var list: Self { Self(rawValue: 1 << 4) }
  /// `s`
  @inlinable public static var set: Self { Self(rawValue: 1 << 5) }
  /// `h`
  @inlinable public static var hash: Self { Self(rawValue: 1 << 6) }
  /// `z`
  @inlinable public static var sortedSet: Self { Self(rawValue: 1 << 7) }
  /// `x`
  @inlinable public static var expired: Self { Self(rawValue: 1 << 8) }
  /// `e`
  @inlinable public static var evicted: Self { Self(rawValue: 1 << 9) }
  /// `t`
  @inlinable public static var stream: Self { Self(rawValue: 1 << 10) }
  /// `m`: a read of a key that does not exist, not part of `A`.
  @inlinable public static var keyMiss: Self { Self(rawValue: 1 << 11) }
  /// `d`: types of modules.
  @inlinable public static var module: Self { Self(rawValue: 1 << 13) }
  /// `n`: a new key, not part of `A`.
  @inlinable public static var newKey: Self { Self(rawValue: 1 << 14) }
  /// `A`: short for `g$lshzxetd`.
  public static let all: Self = [
    .generic, .string, .list, .set, .hash, .sortedSet, .expired, .evicted, .stream, .module,
  ]

  /// The letters in the order in which Redis shows them.
  private static let letters: [(letter: UInt8, classes: KeyspaceEventClasses)] = [
    (UInt8(ascii: "A"), .all), (UInt8(ascii: "g"), .generic), (UInt8(ascii: "$"), .string),
    (UInt8(ascii: "l"), .list), (UInt8(ascii: "s"), .set), (UInt8(ascii: "h"), .hash),
    (UInt8(ascii: "z"), .sortedSet), (UInt8(ascii: "x"), .expired), (UInt8(ascii: "e"), .evicted),
    (UInt8(ascii: "t"), .stream), (UInt8(ascii: "d"), .module), (UInt8(ascii: "n"), .newKey),
    (UInt8(ascii: "K"), .keyspace), (UInt8(ascii: "E"), .keyevent), (UInt8(ascii: "m"), .keyMiss),
  ]

  /// The classes that `text` names, or nil when it has a letter that names none.
  public init?(letters text: [UInt8]) {
    var classes: KeyspaceEventClasses = []
    for byte in text {
      guard let entry = Self.letters.first(where: { $0.letter == byte }) else { return nil }
      classes.formUnion(entry.classes)
    }
    self = classes
  }

  /// The letters that name the classes.
  public var letters: [UInt8] {
    var text: [UInt8] = []
    for (letter, classes) in Self.letters where isSuperset(of: classes) {
      if isSuperset(of: .all), classes != .all, Self.all.isSuperset(of: classes) { continue }
      text.append(letter)
    }
    return text
  }
}

extension SettingSyntax {
  /// One word of letters, each a class of keyspace events.
  public static let keyspaceEvents = SettingSyntax(
    parse: { words throws(ConfigurationError) in
      if let classes = KeyspaceEventClasses(letters: words[0]) { return classes.rawValue }
      throw ConfigurationError("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")
    },
    format: {
      var classes = KeyspaceEventClasses(rawValue: $0)
      // Redis 7.0 does not show `n` beside `A`. Files get it, so that a restart does not lose it.
      if classes.isSuperset(of: .all) { classes.remove(.newKey) }
      return classes.letters
    },
    line: { quotedArgument(KeyspaceEventClasses(rawValue: $0).letters) })
}
