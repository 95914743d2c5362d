import Containers

/// The addresses to listen on: the value of `bind`.
public struct BindAddresses: StructuredValue {
  /// `*` is any address; a leading `-` means that an address the machine lacks is no error.
  public var addresses: [[UInt8]]

  /// A value of the given parts.
  public init(_ addresses: [[UInt8]]) { self.addresses = addresses }

  static let maxCount = 16

  /// As `StructuredValue` describes.
  public static func parse(
    _ words: [[UInt8]], previous: BindAddresses, source: ConfigurationSource
  ) throws(ConfigurationError) -> BindAddresses {
    if words.count > maxCount { throw ConfigurationError("Too many bind addresses specified.") }
    return BindAddresses(words == [[]] ? [] : words)
  }

  /// As `CONFIG GET` shows it.
  public var text: [UInt8] { Array(addresses.joined(separator: [UInt8(ascii: " ")])) }

  /// Always written: where the line is missing Redis listens everywhere.
  public func lines(default defaultValue: BindAddresses) -> [ConfigurationLine] {
    [ConfigurationLine(addresses.isEmpty ? Array("\"\"".utf8) : text, isForced: true)]
  }
}

/// How readily the kernel's out-of-memory killer picks a master, a replica and a background child:
/// the value of `oom-score-adj-values`.
public struct OOMScoreAdjustments: StructuredValue {
  /// For a master, a replica and a background child.
  public var values = [0, 200, 800]

  /// Redis' defaults.
  public init() {}

  /// As `StructuredValue` describes.
  public static func parse(
    _ words: [[UInt8]], previous: OOMScoreAdjustments, source: ConfigurationSource
  ) throws(ConfigurationError) -> OOMScoreAdjustments {
    guard words.count == 3 else { throw .wrongNumberOfArguments }
    var new = OOMScoreAdjustments()
    for (index, word) in words.enumerated() {
      guard let value = NumberParsing.lenient(word), -2000...2000 ~= value else {
        throw ConfigurationError("Invalid oom-score-adj-values, elements must be between -2000 and 2000.")
      }
      new.values[index] = value
    }
    if new.values != new.values.sorted() {
      Log.warning(
        "The oom-score-adj-values configuration may not work for non-privileged processes! "
          + "Please consult the documentation.")
    }
    return new
  }

  /// As `CONFIG GET` shows it.
  public var text: [UInt8] { Array(values.map { "\($0)" }.joined(separator: " ").utf8) }
}

/// Which percentiles INFO shows of each command's latency: the value of `latency-tracking-info-percentiles`.
public struct LatencyPercentiles: StructuredValue {
  /// Each between 0 and 100.
  public var percentiles = [50, 99, 99.9]

  /// Redis' defaults.
  public init() {}

  /// As `StructuredValue` describes.
  public static func parse(
    _ words: [[UInt8]], previous: LatencyPercentiles, source: ConfigurationSource
  ) throws(ConfigurationError) -> LatencyPercentiles {
    var new = LatencyPercentiles()
    new.percentiles = []
    for word in words == [[]] ? [] : words {
      guard let percentile = Double(word.bytes.string), !percentile.isNaN else {
        throw ConfigurationError("Invalid latency-tracking-info-percentiles parameters")
      }
      guard 0...100 ~= percentile else {
        throw ConfigurationError("latency-tracking-info-percentiles parameters should sit between [0.0,100.0]")
      }
      new.percentiles.append(percentile)
    }
    return new
  }

  /// At most six decimals, without trailing zeros.
  public var text: [UInt8] {
    let words = percentiles.map { percentile in
      let millionths = Int((percentile * 1_000_000).rounded())
      if millionths % 1_000_000 == 0 { return "\(millionths / 1_000_000)" }
      var decimals = String(String(millionths % 1_000_000 + 1_000_000).dropFirst())
      while decimals.last == "0" { decimals.removeLast() }
      return "\(millionths / 1_000_000).\(decimals)"
    }
    return Array(words.joined(separator: " ").utf8)
  }

  /// Always written, as Redis does.
  public func lines(default defaultValue: LatencyPercentiles) -> [ConfigurationLine] {
    [ConfigurationLine(percentiles.isEmpty ? Array("\"\"".utf8) : text, isForced: true)]
  }
}
