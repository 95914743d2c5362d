import Containers

extension Configuration {
  /// `CONFIG REWRITE`: brings the configuration file up to date with the present values, atomically.
  /// With `includingDefaults` also values that are neither in the file nor differ from what they are by default.
  /// The error's reason is the whole reply, from its code on.
  public func rewriteFile(includingDefaults: Bool = false) throws(ConfigurationError) {
    guard let filePath else { throw ConfigurationError("ERR The server is running without a config file") }
    do throws(SystemError) {
      var old: [UInt8] = []
      do throws(SystemError) { old = try FileSystem.read(filePath) } catch where error.isNoSuchFile {}
      try FileSystem.replace(filePath, with: rewritten(old, includingDefaults: includingDefaults))
      Log.notice("CONFIG REWRITE executed with success.")
    } catch {
      Log.warning("CONFIG REWRITE failed: \(error.text)")
      throw ConfigurationError("ERR Rewriting config file: \(error.text)")
    }
  }

  /// The configuration file `old` with the present values.
  func rewritten(_ old: [UInt8], includingDefaults: Bool = false) -> [UInt8] {
    var rewriter = ConfigurationRewriter(content: old, includingDefaults: includingDefaults) { word in
      if let entry = entry(named: word) { return entry.parameter.name }
      let name = String(decoding: word.map(asciiLowercase), as: UTF8.self)
      return name == "include" || fileDirectives[name] != nil ? name : nil
    }
    for entry in entries where !entry.isAlias { rewriter.rewrite(entry.name, with: entry.parameter.lines()) }
    for directive in fileDirectives.values.sorted(by: { $0.name < $1.name }) {
      if let lines = directive.lines { rewriter.rewrite(directive.name, with: lines()) }
    }
    return rewriter.finish()
  }
}
