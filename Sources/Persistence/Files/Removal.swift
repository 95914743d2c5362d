import Containers

/// Deletes files; what their blocks take is given back by a thread, since with large files that takes long.
enum Removal {
  static let thread = HelperThread()

  static func remove(_ path: String) {
    let file = try? File.read(path)
    Paths.remove(path)
    if let file { thread.run { file.close() } }
  }
}
