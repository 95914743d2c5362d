import Containers
import ServerKernel

/// What holds while a script runs.
struct ScriptRun {
  /// What runs.
  enum Subject {
    case script(Script)
    case function(Function)

    /// The name that errors and the log have for it.
    var name: [UInt8] {
      switch self {
      case .script(let script): script.text
      case .function(let function): function.name
      }
    }

    var flags: ScriptFlags {
      switch self {
      case .script(let script): script.shebang.flags
      case .function(let function): function.flags
      }
    }

    /// Whether it says what it does; of a script that does not it is found out while it runs.
    var isDeclared: Bool {
      switch self {
      case .script(let script): script.shebang.isPresent
      case .function: true
      }
    }

    var isFunction: Bool { if case .function = self { true } else { false } }
  }

  let subject: Subject
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

  init(_ subject: Subject, _ rules: CallRules, began: CommandStamp) {
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
