/// When snapshots are taken by themselves: the value of `save`.
public struct SavePoints: StructuredValue {
  /// After `seconds` when at least `changes` were made.
  public struct Point: Equatable, Sendable {
    /// How long after the last snapshot.
    public let seconds: Int
    /// How many changes since the last snapshot.
    public let changes: Int

    /// A value of the given parts.
    public init(seconds: Int, changes: Int) {
      self.seconds = seconds
      self.changes = changes
    }
  }

  /// Any one of them is enough.
  public var points: [Point]

  /// A value of the given parts.
  public init(_ points: [Point]) { self.points = points }

  /// What Redis does when nothing is configured.
  public static let standard = SavePoints([
    Point(seconds: 3600, changes: 1), Point(seconds: 300, changes: 100), Point(seconds: 60, changes: 10000),
  ])

  /// As `StructuredValue` describes.
  public static func parse(
    _ words: [[UInt8]], previous: SavePoints, source: ConfigurationSource
  ) throws(ConfigurationError) -> SavePoints {
    if words == [[]] { return SavePoints([]) }
    guard words.count % 2 == 0 else { throw ConfigurationError("Invalid save parameters") }
    var points: [Point] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      guard let seconds = NumberParsing.lenient(words[index]), seconds >= 1,
        let changes = NumberParsing.lenient(words[index + 1]), changes >= 0
      else { throw ConfigurationError("Invalid save parameters") }
      points.append(Point(seconds: seconds, changes: changes))
    }
    if case .file(repeated: true) = source { return SavePoints(previous.points + points) }
    return SavePoints(points)
  }

  /// As `CONFIG GET` shows it.
  public var text: [UInt8] {
    Array(points.map { "\($0.seconds) \($0.changes)" }.joined(separator: " ").utf8)
  }

  /// One line for each point; an empty one says that there are none, or the defaults would come back.
  public func lines(default defaultValue: SavePoints) -> [ConfigurationLine] {
    if points.isEmpty { return [ConfigurationLine(Array("\"\"".utf8), isForced: true)] }
    return points.map { ConfigurationLine(Array("\($0.seconds) \($0.changes)".utf8), isForced: true) }
  }
}
