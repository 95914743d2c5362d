import Containers

/// The number of 64 bits by which a file names the type of a module's value: nine characters of six bits, and ten bits
/// of version.
enum ModuleName {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The number of a type, whose name is cut or filled up to nine characters.
  static func number(_ name: borrowing Bytes) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<9 {
      let byte = index < name.count ? name[index] : UInt8(ascii: "-")
      let digit = alphabet.firstIndex(of: byte) ?? alphabet.count - 1
      number = number << 6 | UInt64(digit)
    }
    return number << 10
  }

  /// The nine characters of a number.
  static func text(_ number: UInt64) -> String {
    var rest = number >> 10
    var characters: [UInt8] = []
    for _ in 0..<9 {
      characters.append(alphabet[Int(rest & 63)])
      rest >>= 6
    }
    return String(decoding: characters.reversed(), as: UTF8.self)
  }
}
