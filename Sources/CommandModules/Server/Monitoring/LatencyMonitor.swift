import ServerKernel

/// Latency spikes by event, at most one sample a second and the last 160 of each.
final class LatencyMonitor {
  /// The samples of one event.
  struct Series {
    static let length = 160

    /// Oldest first: Unix seconds, and milliseconds.
    private(set) var samples: [(time: Int64, milliseconds: Int)] = []
    /// The largest ever.
    private(set) var maximum = 0

    mutating func add(_ milliseconds: Int, at time: Int64) {
      maximum = max(maximum, milliseconds)
      if let last = samples.last, last.time == time {
        samples[samples.count - 1].milliseconds = max(last.milliseconds, milliseconds)
        return
      }
      samples.append((time, milliseconds))
      if samples.count > Self.length { samples.removeFirst() }
    }
  }

  /// What the samples of an event come to.
  struct Summary {
    var count = 0
    var average = 0
    var meanDeviation = 0
    /// Seconds between the oldest sample and now.
    var period = 0

    init(_ series: Series, now: Int64) {
      count = series.samples.count
      if count == 0 { return }
      average = series.samples.reduce(0) { $0 + $1.milliseconds } / count
      let middle = average
      meanDeviation = series.samples.reduce(0) { $0 + abs(middle - $1.milliseconds) } / count
      period = max(1, Int(now - (series.samples.first?.time ?? now)))
    }
  }

  /// Events in the order in which they first occurred.
  private(set) var events: [(name: String, series: Series)] = []

  static func of(_ server: Server) -> LatencyMonitor {
    guard let found = server.service(LatencyMonitor.self) else { preconditionFailure("the module registers it") }
    return found
  }

  static func register(in registry: Registry) {
    registry.setService(LatencyMonitor())
    registry.onLatency { event, milliseconds, server in
      of(server).add(event.description, milliseconds, at: Clock.unixMicroseconds() / 1_000_000)
    }
    let server = registry.server
    let threshold = server.settings.latencyThreshold
    registry.onSlowCommand(from: { 1..<Int.max / 1000 ~= threshold.value ? threshold.value * 1000 : nil }) {
      _, _, command, microseconds, outcome in
      // That has an event of its own.
      if outcome == .served { return }
      let isFast = command.spec.flags.contains(.fast)
      server.recordLatency(isFast ? "fast-command" : "command", milliseconds: microseconds / 1000)
    }
  }

  func add(_ event: String, _ milliseconds: Int, at time: Int64) {
    guard let index = events.firstIndex(where: { $0.name == event }) else {
      var series = Series()
      series.add(milliseconds, at: time)
      events.append((event, series))
      return
    }
    events[index].series.add(milliseconds, at: time)
  }

  func series(_ event: String) -> Series? { events.first { $0.name == event }?.series }

  /// Forgets the samples of some events, or of all; returns of how many.
  func reset(_ names: [String]?) -> Int {
    let before = events.count
    if let names {
      events.removeAll { names.contains($0.name) }
    } else {
      events.removeAll()
    }
    return before - events.count
  }
}
