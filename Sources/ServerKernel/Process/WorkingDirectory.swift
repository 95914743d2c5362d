/// The server's working directory, where data files live: the directive `dir`.
public enum WorkingDirectory {
  /// The present one as an absolute path.
  public static var path: [UInt8] { FileSystem.workingDirectory }

  /// The parameter to register. The operating system holds its value.
  public static var parameter: Parameter {
    Parameter(
      "dir", flags: [.protected, .deniedWhileLoading],
      get: { path },
      set: { words, _ throws(ConfigurationError) in
        do throws(SystemError) { try FileSystem.changeDirectory(to: words[0]) } catch {
          throw ConfigurationError(error.text)
        }
        return true
      },
      snapshot: {
        let old = path
        return { try? FileSystem.changeDirectory(to: old) }
      },
      lines: { path.isEmpty ? [] : [ConfigurationLine(quotedArgument(path), isForced: true)] })
  }
}
