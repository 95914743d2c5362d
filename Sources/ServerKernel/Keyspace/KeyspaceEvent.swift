/// What happened to a key: the class that `notify-keyspace-events` selects it by, and its name.
public struct KeyspaceEvent: Sendable {
  /// Classes of events, one letter each in the configuration.
  public struct Class: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let keyspace = Class(rawValue: 1 << 0)  // K
    public static let keyevent = Class(rawValue: 1 << 1)  // E
    public static let generic = Class(rawValue: 1 << 2)  // g
    public static let string = Class(rawValue: 1 << 3)  // $
    public static let list = Class(rawValue: 1 << 4)  // l
    public static let set = Class(rawValue: 1 << 5)  // s
    public static let hash = Class(rawValue: 1 << 6)  // h
    public static let sortedSet = Class(rawValue: 1 << 7)  // z
    public static let expired = Class(rawValue: 1 << 8)  // x
    public static let evicted = Class(rawValue: 1 << 9)  // e
    public static let stream = Class(rawValue: 1 << 10)  // t
    public static let keyMiss = Class(rawValue: 1 << 11)  // m, not part of A
    public static let module = Class(rawValue: 1 << 13)  // d
    public static let new = Class(rawValue: 1 << 14)  // n, not part of A
    /// What `A` stands for.
    public static let all: Class = [
      .generic, .string, .list, .set, .hash, .sortedSet, .expired, .evicted, .stream, .module,
    ]
  }

  public let eventClass: Class
  public let name: StaticString

  @inlinable
  public init(_ eventClass: Class, _ name: StaticString) {
    self.eventClass = eventClass
    self.name = name
  }

  @inlinable public static func generic(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.generic, name) }
  @inlinable public static func string(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.string, name) }
  @inlinable public static func list(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.list, name) }
  @inlinable public static func set(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.set, name) }
  @inlinable public static func hash(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.hash, name) }
  @inlinable public static func sortedSet(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.sortedSet, name) }
  @inlinable public static func stream(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.stream, name) }
}

/// What the body of `Database.update` did to the value. A body that records nothing has changed nothing:
/// nothing is propagated, no watcher and no blocked client is told.
public struct Change {
  @usableFromInline var count = 0
  @usableFromInline var event: KeyspaceEvent?

  @inlinable init() {}

  /// Records `count` changes (as `rdb_changes_since_last_save` counts them) and their event. Called with a
  /// count of 0 it records nothing.
  @inlinable
  public mutating func record(_ event: KeyspaceEvent, by count: Int = 1) {
    if count > 0 {
      self.count &+= count
      self.event = event
    }
  }
}
