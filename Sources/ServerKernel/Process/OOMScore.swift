import Glibc
import Synchronization

/// How readily the system ends this process when memory runs out: the directives `oom-score-adj` and
/// `oom-score-adj-values`.
///
/// The third of the values, of background children, is for none: there are no such processes.
enum OOMScore {
  /// What the values mean.
  private enum Mode: Int {
    /// The score is left as it is.
    case off
    /// They are added to the score with which the process was started.
    case relative
    case absolute
  }

  static let mode = Setting<Int>(
    "oom-score-adj", default: Mode.off.rawValue,
    syntax: .choice([
      ("no", Mode.off.rawValue), ("yes", Mode.relative.rawValue), ("relative", Mode.relative.rawValue),
      ("absolute", Mode.absolute.rawValue),
    ]))
  static let values = StructuredSetting("oom-score-adj-values", default: OOMScoreAdjustments())

  /// The score before it was first changed, which is put back when it is to be changed no more.
  private static let found = Mutex<Int?>(nil)
  private static let path = "/proc/self/oom_score_adj"

  static var parameters: [Parameter] {
    [mode.parameter(onChange: apply), values.parameter(onChange: apply)]
  }

  private static func apply() throws(ConfigurationError) {
    if !adjust() {
      throw ConfigurationError("Failed to apply new oom_score_adj configuration, check server logs.")
    }
  }

  /// Carries the directives out for the part that the server has now; false when the system refuses.
  @discardableResult
  static func adjust() -> Bool {
    guard let score = wanted() else { return true }
    do throws(SystemError) {
      let file = try FileSystem.open(Array(path.utf8), O_WRONLY | O_CLOEXEC)
      defer { close(file) }
      if FileSystem.writeAll(Array("\(score)\n".utf8), to: file) { return true }
      throw SystemError.last
    } catch {
      found.withLock { $0 = nil }
      Log.warning("Unable to write oom_score_adj: \(error.text)")
      return false
    }
  }

  /// The score to set; nil when it is to be left alone.
  private static func wanted() -> Int? {
    guard let mode = Mode(rawValue: mode.value), mode != .off else {
      return found.withLock { found in
        defer { found = nil }
        return found
      }
    }
    let base = found.withLock { found in
      if found == nil { found = read() }
      return found ?? 0
    }
    let value = values.value.values[Log.role == .replica ? 1 : 0]
    return min(max(mode == .relative ? base + value : value, -1000), 1000)
  }

  private static func read() -> Int? {
    guard let text = try? FileSystem.read(Array(path.utf8)) else {
      Log.warning("Unable to read oom_score_adj: \(SystemError.last.text)")
      return nil
    }
    return NumberParsing.lenient(text.filter { $0 != 10 })
  }
}
