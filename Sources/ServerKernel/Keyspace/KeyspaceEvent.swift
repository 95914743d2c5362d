/// What happened to a key: the class that `notify-keyspace-events` selects it by, and its name.
public struct KeyspaceEvent: Sendable {
  /// Classes of events, one letter each in the configuration.
  public typealias Class = KeyspaceEventClasses

  /// The class by which `notify-keyspace-events` chooses.
  public let eventClass: Class
  /// The event's name, which is what is published.
  public let name: StaticString

  /// An event of any class; the functions below are shorter.
  @inlinable
  public init(_ eventClass: Class, _ name: StaticString) {
    self.eventClass = eventClass
    self.name = name
  }

  /// Nothing is announced.
  @inlinable public static var none: KeyspaceEvent { KeyspaceEvent([], "") }
  /// An event of a command for all types.
  @inlinable public static func generic(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.generic, name) }
  /// An event of a string command.
  @inlinable public static func string(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.string, name) }
  /// An event of a list command.
  @inlinable public static func list(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.list, name) }
  /// An event of a set command.
  @inlinable public static func set(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.set, name) }
  /// An event of a hash command.
  @inlinable public static func hash(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.hash, name) }
  /// An event of a sorted set command.
  @inlinable public static func sortedSet(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.sortedSet, name) }
  /// An event of a stream command.
  @inlinable public static func stream(_ name: StaticString) -> KeyspaceEvent { KeyspaceEvent(.stream, name) }
}

/// What the body of `Database.update` did to the value. A body that records nothing has changed nothing:
/// nothing is propagated, no watcher and no blocked client is told.
public struct Change {
  @usableFromInline var count = 0
  @usableFromInline var event: KeyspaceEvent?
  @usableFromInline var servesBlocked = true

  @inlinable init() {}

  /// Records `count` changes (as `rdb_changes_since_last_save` counts them) and their event. Called with a
  /// count of 0 it records nothing. Whoever waits for the key is tried again, unless the change `servesBlocked` nobody.
  @inlinable
  public mutating func record(_ event: KeyspaceEvent, by count: Int = 1, servesBlocked: Bool = true) {
    if count > 0 {
      self.servesBlocked = servesBlocked || (self.servesBlocked && self.count > 0)
      self.count &+= count
      self.event = event
    }
  }

  /// Records an event that counts as no change: it is announced and watchers are told, but nothing is propagated.
  @inlinable
  public mutating func touch(_ event: KeyspaceEvent) { self.event = event }
}
