import Containers
import ServerKernel

/// What holds while a script runs.
struct ScriptRun {
  let name: ScriptName
  /// The rules for the calls that it makes.
  var rules: CallRules
  /// When it began.
  let start: Int64
  /// It made a call of a command that writes: it cannot be taken back.
  var hasWritten = false
  /// Others are told that the server is busy.
  var isBusy = false
  /// SCRIPT KILL.
  var isKilled = false

  init(_ script: Script, isReadOnly: Bool, _ context: borrowing Context) {
    name = script.name
    start = Clock.monotonicNanoseconds()
    var rules: CallRules = .ignoresMemory
    if isReadOnly || script.shebang.flags.contains(.noWrites) { rules.insert(.readOnly) }
    self.rules = rules
  }
}
