// Unsafe: hands the library's path to C.

import CLua

/// The library with Lua 5.1, which is opened when a server starts.
public enum LuaLibrary {
  /// The Debian package that has it.
  public static let package = "liblua5.1-0"

  private static let names = ["liblua5.1.so.0", "liblua5.1.so", "liblua-5.1.so"]

  /// Whether the library is there; looked for once.
  public static let isPresent: Bool = names.contains { unsafe clua_open($0) == 0 }
}
