import ServerKernel

/// LATENCY GRAPH: samples as a row of bars, four lines high, with their age below.
enum LatencyGraph {
  private static let rows = 4
  private static let columns = 80
  /// What fills a line by a third, two thirds and wholly.
  private static let levels: [Character] = ["_", "o", "#"]

  static func text(_ event: String, _ series: LatencyMonitor.Series, now: Int64) -> String {
    let values = series.samples.map(\.milliseconds)
    let low = values.min() ?? 0, high = values.max() ?? 0
    var text = "\(event) - high \(high) ms, low \(low) ms (all time high \(series.maximum) ms)\n"
    text += String(repeating: "-", count: columns) + "\n"
    for start in stride(from: 0, to: values.count, by: columns) {
      if start > 0 { text += "\n" }
      let part = series.samples[start..<min(start + columns, values.count)]
      text += bars(part.map(\.milliseconds), low: low, high: high)
      text += labels(part.map { Array(age(now - $0.time)) })
    }
    return text
  }

  private static func bars(_ values: [Int], low: Int, high: Int) -> String {
    let steps = rows * levels.count
    let range = max(1, high - low)
    var text = ""
    for row in 0..<rows {
      for value in values {
        let step = min(steps - 1, (value - low) * steps / range)
        let level = step - (rows - row - 1) * levels.count
        text.append(level >= levels.count ? "|" : level >= 0 ? levels[level] : " ")
      }
      text += "\n"
    }
    return text
  }

  /// The labels downwards, below an empty line.
  private static func labels(_ labels: [[Character]]) -> String {
    var text = String(repeating: " ", count: labels.count) + "\n"
    for row in 0..<(labels.map(\.count).max() ?? 0) {
      for label in labels { text.append(row < label.count ? label[row] : " ") }
      text += "\n"
    }
    return text
  }

  private static func age(_ seconds: Int64) -> String {
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3600 { return "\(seconds / 60)m" }
    if seconds < 86400 { return "\(seconds / 3600)h" }
    return "\(seconds / 86400)d"
  }
}
