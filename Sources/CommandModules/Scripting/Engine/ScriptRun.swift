import Containers
import ServerKernel

/// What holds while a script runs.
struct ScriptRun {
  /// What runs.
  let subject: ScriptSubject
  /// The rules for the calls that it makes.
  var rules: CallRules
  /// When it began.
  let began: CommandStamp
  /// It made a call of a command that writes: it cannot be taken back.
  var hasWritten = false
  /// Others are told that the server is busy.
  var isBusy = false
  /// SCRIPT KILL or FUNCTION KILL.
  var isKilled = false

  init(_ subject: ScriptSubject, _ rules: CallRules, began: CommandStamp) {
    self.subject = subject
    self.rules = rules
    self.began = began
  }

  /// The command that ends it.
  var killer: StaticString { subject.isFunction ? "FUNCTION KILL" : "SCRIPT KILL" }

  /// What others are answered meanwhile.
  var busyError: CommandError {
    subject.isFunction
      ? .literal("BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.")
      : .literal("BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.")
  }
}
