import Containers

/// The numbers that stand for the form of a value, in files and in DUMP payloads.
enum ValueType: UInt8 {
  case string = 0
  /// A list of strings.
  case list = 1
  case set = 2
  /// A sorted set with scores as text.
  case sortedSetText = 3
  case hash = 4
  /// A sorted set with scores as doubles.
  case sortedSet = 5
  /// A module's value, in the form that could not be skipped.
  case modulePlain = 6
  /// A module's value.
  case module = 7
  case hashZipmap = 9
  case listZiplist = 10
  case setIntegers = 11
  case sortedSetZiplist = 12
  case hashZiplist = 13
  /// A list of ziplists.
  case quickList = 14
  case stream1 = 15
  case hashPacked = 16
  case sortedSetPacked = 17
  /// A list of listpacks and of large elements.
  case quickList2 = 18
  case stream2 = 19
  case setPacked = 20
  case stream3 = 21
  /// A hash with times to live: of Valkey, and of Redis before its release.
  case hashExpiring22 = 22
  case hashExpiring23 = 23
  /// A hash with times to live.
  case hashExpiring = 24
  case hashExpiringPacked = 25

  /// Why values of this form cannot be read; nil of those that can.
  var refusal: String? {
    switch self {
    case .modulePlain: "it is a module's value of a test version of Redis"
    case .hashExpiring22, .hashExpiring23, .hashExpiring, .hashExpiringPacked:
      "fields with a time to live are not supported yet"
    default: nil
    }
  }
}

/// The types of collections that the format has forms of its own for, by what TYPE answers.
enum CollectionType {
  case hash, list, set, sortedSet, stream

  /// Nil of a module's.
  init?(_ typeName: borrowing Bytes) {
    if typeName == Bytes("hash") {
      self = .hash
    } else if typeName == Bytes("list") {
      self = .list
    } else if typeName == Bytes("set") {
      self = .set
    } else if typeName == Bytes("zset") {
      self = .sortedSet
    } else if typeName == Bytes("stream") {
      self = .stream
    } else {
      return nil
    }
  }
}

/// The numbers that stand for what is not a value, in a file.
enum Opcode: UInt8 {
  /// What Redis 7.4 and later tell of the keys in a slot: its number, keys, and keys that expire.
  case slotInformation = 0xf4
  /// A library of functions.
  case function = 0xf5
  /// One of a test version of Redis.
  case functionPlain = 0xf6
  /// What a module keeps beside keys.
  case moduleData = 0xf7
  case idle = 0xf8
  case frequency = 0xf9
  /// A pair of strings about the file.
  case auxiliary = 0xfa
  /// How many keys, and how many that expire, the database has.
  case sizes = 0xfb
  case expirationMilliseconds = 0xfc
  case expirationSeconds = 0xfd
  case database = 0xfe
  case end = 0xff
}

/// The parts of a module's value.
enum ModulePart: UInt64 {
  case end = 0, signed, unsigned, float, double, string
}

/// The versions of the format.
public enum FormatVersion {
  /// What is written unless the configuration says otherwise: Redis 7.0's.
  public static let standard = 10
  /// Those that can be written.
  public static let written = 10...11
  /// Redis' own, and Valkey's, which counts from 80.
  static func isKnown(_ version: Int) -> Bool { (1...13).contains(version) || version == 80 }
}
