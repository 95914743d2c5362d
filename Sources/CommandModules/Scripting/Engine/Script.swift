import ScriptEngines

/// One script of EVAL or SCRIPT LOAD.
final class Script {
  let name: ScriptName
  /// The name as it is spelled.
  let text: [UInt8]
  /// The same, to be compared.
  var shortName: ShortName? {
    let text = self.text
    return ShortName(text.bytes)
  }
  let compiled: CompiledScript
  let shebang: Shebang
  let source: [UInt8]
  /// Where it stands among those that are forgotten when there are too many; nil when SCRIPT LOAD brought it: it stays
  /// until SCRIPT FLUSH.
  var slot: Int?

  init(_ name: ScriptName, _ compiled: CompiledScript, _ shebang: Shebang, source: [UInt8]) {
    self.name = name
    text = name.text
    self.compiled = compiled
    self.shebang = shebang
    self.source = source
  }
}
