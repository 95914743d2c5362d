extension ServerArguments {
  /// What the process was started with.
  public static var ofProcess: ServerArguments {
    ServerArguments(Array(ProcessStart.arguments.dropFirst()), directory: ProcessStart.directory)
  }

  /// Answers a request such as `--version` and ends the process, where there is one.
  public func answerAndExitIfAsked() {
    guard case .show(let text, let onStandardError, let status) = request else { return }
    FileSystem.writeAll(
      Array(text.utf8), to: onStandardError ? FileSystem.standardError : FileSystem.standardOutput)
    FileSystem.exit(status)
  }
}

extension Configuration {
  /// Loads the configuration, or reports what is wrong with it and ends the process with status 1. Where the command
  /// line asks for a check only, says that all is well and ends with status 0.
  public func loadOrExit(_ arguments: ServerArguments) {
    do throws(ConfigurationFileError) { try load(arguments) } catch { error.exit() }
    if arguments.request == .checkConfiguration {
      FileSystem.writeAll(Array("The configuration is valid.\n".utf8), to: FileSystem.standardOutput)
      FileSystem.exit(0)
    }
  }
}
