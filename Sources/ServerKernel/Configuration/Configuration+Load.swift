import Containers

extension Configuration {
  /// Deepest nesting of `include`.
  static let includeDepthMax = 16

  /// Directives that Redis still accepts and ignores, each with one word.
  private static let ignored: Set<String> = [
    "list-max-ziplist-entries", "list-max-ziplist-value", "lua-replicate-commands",
  ]

  /// Loads the configuration file, then standard input, then the command line's options; later ones win.
  public func load(_ arguments: ServerArguments) throws(ConfigurationFileError) {
    filePath = arguments.configurationFile
    guard let options = arguments.options else { return }
    var text = try arguments.configurationFile.map { path throws(ConfigurationFileError) in try read(path) } ?? []
    if arguments.readsStandardInput {
      Log.warning("Reading config from stdin")
      text += FileSystem.readStandardInput()
    }
    try load(text: text + [0x0a] + options)
  }

  /// Loads the text of a configuration file.
  public func load(text: [UInt8]) throws(ConfigurationFileError) {
    var named: Set<String> = []
    try load(text, named: &named, depth: 0)
    given.formUnion(named)
    generation += 1
    for check in finalChecks {
      do throws(ConfigurationError) { try check() } catch { throw .whole(reason: error.reason) }
    }
  }

  /// Whether the configuration file or the arguments say what a directive is.
  public func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// `named` are the directives that this start has met already, for those that add up over lines.
  private func load(_ text: [UInt8], named: inout Set<String>, depth: Int) throws(ConfigurationFileError) {
    for (index, raw) in text.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let line = trimmed(raw)
      if line.isEmpty || line[0] == UInt8(ascii: "#") { continue }
      do throws(ConfigurationError) {
        guard let words = splitArguments(line) else {
          throw ConfigurationError("Unbalanced quotes in configuration line")
        }
        let name = String(decoding: words[0].map(asciiLowercase), as: UTF8.self)
        guard name == "include", words.count == 2 else {
          try loadDirective(name, Array(words.dropFirst()), named: &named)
          continue
        }
        if depth == Self.includeDepthMax { throw ConfigurationError("include directives are nested too deeply") }
      } catch {
        throw .line(number: index + 1, text: line, reason: error.reason)
      }
      if let path = splitArguments(line)?.last { try load(read(path), named: &named, depth: depth + 1) }
    }
  }

  private func loadDirective(
    _ name: String, _ arguments: [[UInt8]], named: inout Set<String>
  ) throws(ConfigurationError) {
    if let entry = entry(named: Array(name.utf8)) {
      let parameter = entry.parameter
      var words = arguments
      if !parameter.flags.contains(.multipleArguments) {
        if words.count != 1 { throw .wrongNumberOfArguments }
      } else if words.count == 1, !words[0].isEmpty {
        // Several words may come as one: `--save "900 1"`.
        guard let parts = splitArguments(words[0]) else {
          throw ConfigurationError("Unbalanced quotes in configuration line")
        }
        words = parts
      }
      let repeated = !named.insert(parameter.name).inserted
      _ = try parameter.set(words, .file(repeated: repeated))
    } else if let directive = fileDirectives[name], directive.argumentCount.contains(arguments.count) {
      try directive.load(arguments)
    } else if Self.ignored.contains(name), arguments.count == 1 {
      return
    } else if name == "sentinel" {
      throw ConfigurationError(
        arguments.isEmpty ? "sentinel mode is not supported" : "sentinel directive while not in sentinel mode")
    } else if name.contains("."), arguments.isEmpty {
      throw ConfigurationError("Module config specified without value")
    } else {
      throw ConfigurationError("Bad directive or wrong number of arguments")
    }
  }

  /// The content of the file at `path`, or of all files that match it when it is a pattern.
  private func read(_ path: [UInt8]) throws(ConfigurationFileError) -> [UInt8] {
    let isPattern = path.contains { [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")].contains($0) }
    var content: [UInt8] = []
    for file in isPattern ? FileSystem.paths(matching: path) : [path] {
      do throws(SystemError) { content += try FileSystem.read(file) } catch {
        throw .unreadable(path: file, reason: error.text)
      }
    }
    return content
  }

  private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
    var line = line.drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    return Array(line)
  }
}
