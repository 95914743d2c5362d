// An array literal after the name would be taken for flags: groups without flags get functions of their own.
extension ArgumentSpec {
  /// One of `arguments`.
  public static func oneOf(_ name: String, _ arguments: [ArgumentSpec]) -> ArgumentSpec {
    ArgumentSpec(.oneOf, name, arguments: arguments)
  }

  /// All of `arguments` together.
  public static func block(_ name: String, _ arguments: [ArgumentSpec]) -> ArgumentSpec {
    ArgumentSpec(.block, name, arguments: arguments)
  }
}
