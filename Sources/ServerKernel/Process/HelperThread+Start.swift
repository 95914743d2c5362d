import Containers

extension HelperThread {
  /// Starts the thread, or ends the process: called at start, so that no thread can be lacking later.
  public func startOrExit() {
    do throws(SystemThread.StartError) {
      try start()
    } catch {
      Log.warning("Fatal: Can't initialize Background Jobs. Error message: \(SystemError(code: error.code).text)")
      FileSystem.exit(1)
    }
  }
}
