// Unsafe: hands the library's path to C.

import CLua
import Synchronization

/// The library with Lua 5.1, which is opened when a server starts.
public enum LuaLibrary {
  /// Names of the library on different systems.
  private static let names = ["liblua5.1.so.0", "liblua5.1.so", "liblua-5.1.so"]
  private static let opened = Atomic<Bool>(false)

  /// Whether it is open.
  public static var isPresent: Bool { opened.load(ordering: .relaxed) }

  /// Opens the library of this name or path, or where that is empty the one that systems have; whether it is there.
  public static func open(_ name: String) -> Bool {
    let isThere = (name.isEmpty ? names : [name]).contains { unsafe clua_open($0) == 0 }
    opened.store(isThere, ordering: .relaxed)
    return isThere
  }

  /// The Debian package that has the library.
  public static func package(of name: String) -> String {
    name.contains("luajit") ? "libluajit-5.1-2" : "liblua5.1-0"
  }
}
