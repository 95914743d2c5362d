/// What names of data files must be: a name within `dir`, not a path.
public enum FileNameRules {
  /// A check for a setting that names a file, called `directive` and `noun` in its errors.
  public static func nameOnly(
    _ directive: String, noun: String = "filename", mayBeEmpty: Bool = false
  ) -> @Sendable ([UInt8]) throws(ConfigurationError) -> Void {
    { name throws(ConfigurationError) in
      if name.isEmpty && !mayBeEmpty { throw ConfigurationError("\(directive) can't be empty") }
      if name.contains(UInt8(ascii: "/")) || name.contains(UInt8(ascii: "\\")) {
        throw ConfigurationError("\(directive) can't be a path, just a \(noun)")
      }
    }
  }
}
