import ScriptEngines

/// What is run, a script or a function: what a run has to know of it, in plain values that cost nothing to pass on.
struct ScriptSubject {
  let compiled: CompiledScript
  let flags: ScriptFlags
  /// Whether it says what it does; of a script that does not it is found out while it runs.
  let isDeclared: Bool
  /// The name of a script; nil of a function, whose library has it.
  let script: ScriptName?

  var isFunction: Bool { script == nil }
}

extension Script {
  var subject: ScriptSubject {
    ScriptSubject(compiled: compiled, flags: shebang.flags, isDeclared: shebang.isPresent, script: name)
  }
}

extension Function {
  var subject: ScriptSubject { ScriptSubject(compiled: compiled, flags: flags, isDeclared: true, script: nil) }
}

extension Scripts {
  /// The name that errors and the log have for what runs.
  func name(of subject: ScriptSubject) -> [UInt8] {
    subject.script?.text ?? functions.table.name(of: subject.compiled) ?? []
  }
}
