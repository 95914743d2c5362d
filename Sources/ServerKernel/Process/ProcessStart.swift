// Unsafe here: the process' arguments are C strings, which live as long as the process and are read as bytes, since
// Swift's own view of them repairs what is not UTF-8; and execve(2) wants an array of C strings.
import Glibc

/// How the process was started. Kept, since the title is written over the arguments and the working directory changes.
enum ProcessStart {
  /// The arguments, the program's name first.
  static let arguments: [[UInt8]] = (0..<Int(CommandLine.argc)).compactMap { index in
    guard let text = unsafe CommandLine.unsafeArgv[index] else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// The working directory.
  static let directory = FileSystem.workingDirectory

  /// Runs `program` in this process, with the arguments and in the directory that the process began with. Where that
  /// cannot be done any more the process ends.
  static func repeated(with program: String) -> Never {
    try? FileSystem.changeDirectory(to: directory)
    var words = unsafe ([Array(program.utf8)] + arguments.dropFirst()).map { word in
      unsafe FileSystem.withPath(word) { unsafe strdup($0) }
    }
    unsafe words.append(nil)
    unsafe execve(program, words, environ)
    _exit(1)
  }
}
