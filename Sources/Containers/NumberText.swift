/// Numbers as people read them, spelled as C's `printf` and Redis' reports spell them.
public enum NumberText {
  /// A number with leading zeros up to `digits`.
  public static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// A number with `digits` decimals, as `%.nf`. Beyond what 64 bits hold the last digits are not meant to be exact.
  public static func fixed(_ value: Double, _ digits: Int = 2) -> String {
    guard value.isFinite else { return value.isNaN ? "-nan" : value < 0 ? "-inf" : "inf" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int(min((value.magnitude * scale).rounded(.toNearestOrEven), 0x1p62))
    let unit = Int(scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return digits == 0 ? "\(sign)\(scaled)" : "\(sign)\(scaled / unit).\(padded(scaled % unit, digits))"
  }
}
