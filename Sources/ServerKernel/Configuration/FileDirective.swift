/// A directive that configuration files have and `CONFIG` does not, such as `rename-command` or `user`.
public struct FileDirective {
  /// The name in configuration files and in `CONFIG`.
  public let name: String
  /// How many words may follow the name.
  let argumentCount: ClosedRange<Int>
  let load: (_ arguments: [[UInt8]]) throws(ConfigurationError) -> Void
  let lines: (() -> [ConfigurationLine])?

  /// - Parameters:
  ///   - argumentCount: how many words may follow the name.
  ///   - lines: the lines that `CONFIG REWRITE` writes; nil leaves the file's own lines as they are.
  ///   - load: takes what follows the name on one line.
  public init(
    _ name: String, argumentCount: ClosedRange<Int>, lines: (() -> [ConfigurationLine])? = nil,
    load: @escaping (_ arguments: [[UInt8]]) throws(ConfigurationError) -> Void
  ) {
    self.name = name
    self.argumentCount = argumentCount
    self.lines = lines
    self.load = load
  }
}
