import ServerKernel

/// LATENCY DOCTOR: what the samples tell, and what to do about it, in Redis' words.
enum LatencyReport {
  static func text(_ server: Server) -> String {
    let monitor = LatencyMonitor.of(server)
    let threshold = server.settings.latencyThreshold.value
    if monitor.events.isEmpty && threshold == 0 { return disabled }
    if monitor.events.isEmpty { return nothing }
    var text = greeting
    var advice: [Advice] = []
    for (index, event) in monitor.events.enumerated() {
      let summary = LatencyMonitor.Summary(event.series, now: server.unixSeconds)
      let period = NumberText.fixed(Double(summary.period) / Double(max(1, summary.count)))
      text +=
        "\(index + 1). \(event.name): \(summary.count) latency spikes (average \(summary.average)ms, "
        + "mean deviation \(summary.meanDeviation)ms, period \(period) sec). "
        + "Worst all time event \(event.series.maximum)ms.\n"
      advice += Advice.about(event.name)
    }
    if advice.isEmpty { return text + helpless }
    text += "\nI have a few advices for you:\n\n"
    if advice.contains(.slowlogInspect) { text += slowLogAdvice(server, threshold) }
    for item in Advice.allCases where advice.contains(item) {
      if applies(item, server) { text += item.text }
    }
    return text
  }

  /// Whether an advice asks for something that is not set so already.
  private static func applies(_ advice: Advice, _ server: Server) -> Bool {
    switch advice {
    case .hz: server.settings.hz.value < 100
    case .relaxSyncPolicy:
      server.configuration.get(matching: [Array("appendfsync".utf8)]).first?.value == Array("always".utf8)
    default: true
    }
  }

  /// What to set first, so that the slow log shows what the latency monitor sees.
  private static func slowLogAdvice(_ server: Server, _ threshold: Int) -> String {
    let limit = SlowLog.of(server).threshold.value
    if limit < 0 {
      return "- There are latency issues with potentially slow commands you are using. Try to enable the Slow "
        + "Log Redis feature using the command "
        + "'CONFIG SET slowlog-log-slower-than \(threshold &* 1000)'. "
        + "If the Slow log is disabled Redis is not able to log slow commands execution for you.\n"
    }
    if limit / 1000 > threshold {
      return "- Your current Slow Log configuration only logs events that are slower than your configured "
        + "latency monitor threshold. Please use "
        + "'CONFIG SET slowlog-log-slower-than \(threshold &* 1000)'.\n"
    }
    return ""
  }

  private static let disabled =
    "I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this Redis instance. You "
    + "may use \"CONFIG SET latency-monitor-threshold <milliseconds>.\" in order to enable it. If we "
    + "weren't in a deep space mission I'd suggest to take a look at "
    + "https://redis.io/topics/latency-monitor.\n"
  private static let nothing =
    "Dave, no latency spike was observed during the lifetime of this Redis instance, not in the "
    + "slightest bit. I honestly think you ought to sit down calmly, take a stress pill, and think "
    + "things over.\n"
  private static let greeting =
    "Dave, I have observed latency spikes in this Redis instance. You don't mind talking about it, do you Dave?\n\n"
  private static let helpless =
    "\nWhile there are latency events logged, I'm not able to suggest any easy fix. Please use the "
    + "Redis community to get some help, providing this report in your help request.\n"
}
