// Unsafe here: the process' arguments are C strings, which live as long as the process. They are read as bytes, since
// Swift's own view of them repairs what is not UTF-8.
import Glibc

extension ServerArguments {
  /// What the process was started with.
  public static var ofProcess: ServerArguments {
    var words: [[UInt8]] = []
    for index in 1..<max(Int(CommandLine.argc), 1) {
      guard let text = unsafe CommandLine.unsafeArgv[index] else { continue }
      words.append(unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
    }
    return ServerArguments(words, directory: FileSystem.workingDirectory)
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
