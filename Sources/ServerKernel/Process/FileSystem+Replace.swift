// Unsafe here: rename(2) takes the addresses of two NUL-terminated paths, used within the closures that lend them.
import Glibc

extension FileSystem {
  /// Replaces the file at `path` by `content` so that, whatever happens, either the old or the new content is there:
  /// a new file beside it is written, synced, renamed, and its directory synced.
  static func replace(_ path: [UInt8], with content: [UInt8]) throws(SystemError) {
    let temporary = path + Array(".\(RunIdentifier.make().prefix(6))".utf8)
    let file = try open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600)
    do throws(SystemError) {
      defer { close(file) }
      guard writeAll(content, to: file), fsync(file) == 0, fchmod(file, 0o644 & ~creationMask) == 0 else {
        throw SystemError.last
      }
      let status = unsafe withPath(temporary) { old in
        unsafe withPath(path) { new in unsafe rename(old, new) }
      }
      if status != 0 { throw SystemError.last }
      try syncDirectory(of: path)
    } catch {
      remove(temporary)
      throw error
    }
  }

  private static func syncDirectory(of path: [UInt8]) throws(SystemError) {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let directory = slash.map { $0 == 0 ? [UInt8(ascii: "/")] : Array(path[..<$0]) } ?? [UInt8(ascii: ".")]
    let file = try open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(file) }
    // Some file systems cannot sync directories and say EINVAL.
    if fsync(file) != 0 && errno != EINVAL { throw SystemError.last }
  }
}
