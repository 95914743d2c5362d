/// A place in a stream of effects: that up to which a data set has them.
public struct StreamPosition: Sendable, Equatable {
  /// The stream's name: forty hexadecimal digits.
  public var name: String
  /// How many bytes of it came before.
  public var offset: Int64
  /// The database that is selected there.
  public var database: Int

  /// A place.
  public init(name: String, offset: Int64, database: Int) {
    self.name = name
    self.offset = offset
    self.database = database
  }
}

extension Server {
  /// Where the data set is in the stream that replicas read; nil when there is none. Files of it tell.
  public var streamPosition: StreamPosition? { lifecycle.streamPosition?() }
}

extension Registry {
  /// Sets who tells where the data set is in the stream of effects; a second one stops the start.
  public func setStreamPosition(_ position: @escaping () -> StreamPosition?) {
    if server.lifecycle.streamPosition != nil { stopStart("two modules tell of the stream of effects") }
    server.lifecycle.streamPosition = position
  }
}
