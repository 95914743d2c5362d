/// The random name of one run of the server: 40 hexadecimal digits, as `run_id` in INFO.
public enum RunIdentifier {
  /// A new identifier, from the system's random source.
  public static func make() -> String {
    var random = SystemRandomNumberGenerator()
    return (0..<40).reduce(into: "") { text, _ in
      text += String(random.next(upperBound: UInt32(16)), radix: 16)
    }
  }
}
