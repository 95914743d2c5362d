// Unsafe: C's access(2) takes a path.
import Glibc

extension Server {
  /// Starts the program anew in this process after `milliseconds`: as an administrator would, with the configuration
  /// file rewritten and an orderly shutdown, or as if after a crash. Returns only when something prevents it, which the
  /// log tells.
  public func restart(gracefully: Bool, after milliseconds: Int64) {
    let program = executablePath
    guard unsafe access(program, X_OK) == 0 else {
      return Log.warning("Can't restart: this process has no permissions to execute \(program)")
    }
    if gracefully {
      if configuration.filePath != nil {
        do throws(ConfigurationError) {
          try configuration.rewriteFile()
        } catch {
          return Log.warning("Can't restart: configuration rewrite process failed: \(error.reason)")
        }
      }
      guard shutdown(.now) else { return Log.warning("Can't restart: error preparing for shutdown") }
    }
    // Clients see the end of their connections now, and not after the delay.
    for descriptor in STDERR_FILENO + 1..<Int32(settings.maxClients.value + 1024) { close(descriptor) }
    sleep(microseconds: Int(min(milliseconds, 1 << 32)) * 1000)
    ProcessStart.repeated(with: program)
  }
}
