import Glibc

/// The file that holds the server's process id: the directive `pidfile`.
public enum PidFile {
  /// Its path, none unless configured.
  public static let path = StringSetting("pidfile", default: nil, flags: .immutable)

  private static let defaultPath = Array("/var/run/redis.pid".utf8)

  /// Writes the file where one is configured, or where the server runs in the background, then at the default path.
  /// As in Redis, that it cannot be written is no error.
  public static func create(inBackground: Bool) {
    if path.value == nil {
      if !inBackground { return }
      path.store(defaultPath)
    }
    guard let file = try? FileSystem.open(path.value ?? defaultPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC) else {
      return
    }
    FileSystem.writeAll(Array("\(getpid())\n".utf8), to: file)
    close(file)
  }

  /// Removes the file where there is one, at the end of an orderly shutdown.
  public static func remove() {
    guard let path = path.value else { return }
    Log.notice("Removing the pid file.")
    FileSystem.remove(path)
  }
}
