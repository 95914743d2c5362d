import Glibc

/// How readily the system ends this process when memory runs out: the directives `oom-score-adj` and
/// `oom-score-adj-values`.
///
/// The third of the values, of background children, is for none: there are no such processes.
final class OOMScore {
  /// What the values mean.
  private enum Mode: Int {
    /// The score is left as it is.
    case off
    /// They are added to the score with which the process was started.
    case relative
    case absolute
  }

  private let mode = Setting<Int>(
    "oom-score-adj", default: Mode.off.rawValue,
    syntax: .choice([
      ("no", Mode.off.rawValue), ("yes", Mode.relative.rawValue), ("relative", Mode.relative.rawValue),
      ("absolute", Mode.absolute.rawValue),
    ]))
  private let values = StructuredSetting("oom-score-adj-values", default: OOMScoreAdjustments())

  /// The score before it was first changed, which is put back when it is to be changed no more.
  private var found: Int?
  private static let path = "/proc/self/oom_score_adj"

  var parameters: [Parameter] {
    [
      mode.parameter(onChange: { [unowned self] () throws(ConfigurationError) in try apply() }),
      values.parameter(onChange: { [unowned self] () throws(ConfigurationError) in try apply() }),
    ]
  }

  private func apply() throws(ConfigurationError) {
    if !adjust() {
      throw ConfigurationError("Failed to apply new oom_score_adj configuration, check server logs.")
    }
  }

  /// Carries the directives out for the part that the server has now; false when the system refuses.
  @discardableResult
  func adjust() -> Bool {
    guard let score = wanted() else { return true }
    do throws(SystemError) {
      let file = try FileSystem.open(Array(Self.path.utf8), O_WRONLY | O_CLOEXEC)
      defer { close(file) }
      if FileSystem.writeAll(Array("\(score)\n".utf8), to: file) { return true }
      throw SystemError.last
    } catch {
      found = nil
      Log.warning("Unable to write oom_score_adj: \(error.text)")
      return false
    }
  }

  /// The score to set; nil when it is to be left alone.
  private func wanted() -> Int? {
    guard let mode = Mode(rawValue: mode.value), mode != .off else {
      defer { found = nil }
      return found
    }
    found = found ?? read()
    let base = found ?? 0
    let value = values.value.values[Log.role == .replica ? 1 : 0]
    return min(max(mode == .relative ? base + value : value, -1000), 1000)
  }

  private func read() -> Int? {
    do throws(SystemError) {
      return NumberParsing.lenient(try FileSystem.read(Array(Self.path.utf8)).filter { $0 != 10 })
    } catch {
      Log.warning("Unable to read oom_score_adj: \(error.text)")
      return nil
    }
  }
}
