import Containers
import ScriptEngines

/// The table `bit`: operations on 32 bits.
enum BitLibrary {
  static var functions: [ScriptFunction] {
    [
      one("tobit") { $0 },
      one("bnot") { ~$0 },
      one("bswap") { $0.byteSwapped },
      many("band", &), many("bor", |), many("bxor", ^),
      shift("lshift") { $0 << $1 },
      shift("rshift") { $0 >> $1 },
      shift("arshift") { UInt32(bitPattern: Int32(bitPattern: $0) >> Int32($1)) },
      shift("rol") { $0 << $1 | $0 >> ((32 - $1) & 31) },
      shift("ror") { $0 >> $1 | $0 << ((32 - $1) & 31) },
      .library("bit", "tohex") { arguments, result throws(LibraryError) in
        let value = try word(&arguments, 1)
        let digits = arguments.isAtEnd ? 8 : Int32(bitPattern: try word(&arguments, 2))
        let count = Int(min(8, digits.magnitude))
        var text: [UInt8] = []
        for position in (0..<count).reversed() {
          let digit = hexadecimalText(UInt8(value >> UInt32(4 * position) & 15))
          text.append(digits < 0 && digit >= UInt8(ascii: "a") ? digit - 32 : digit)
        }
        result.string(text.bytes)
      },
    ]
  }

  /// The lowest 32 bits of an argument, rounded.
  private static func word(_ arguments: inout ScriptReader, _ number: Int) throws(LibraryError) -> UInt32 {
    let value = try arguments.next().number(argument: number)
    // What is added moves the integral part to the lowest bits.
    return UInt32(truncatingIfNeeded: (value + 0x1.8p52).bitPattern)
  }

  private static func write(_ word: UInt32, _ result: ScriptWriter) { result.number(Double(Int32(bitPattern: word))) }

  private static func one(_ name: String, _ operation: @escaping (UInt32) -> UInt32) -> ScriptFunction {
    .library("bit", name) { arguments, result throws(LibraryError) in
      write(operation(try word(&arguments, 1)), result)
    }
  }

  private static func many(_ name: String, _ operation: @escaping (UInt32, UInt32) -> UInt32) -> ScriptFunction {
    .library("bit", name) { arguments, result throws(LibraryError) in
      var value = try word(&arguments, 1)
      var number = 2
      while !arguments.isAtEnd {
        value = operation(value, try word(&arguments, number))
        number += 1
      }
      write(value, result)
    }
  }

  private static func shift(_ name: String, _ operation: @escaping (UInt32, UInt32) -> UInt32) -> ScriptFunction {
    .library("bit", name) { arguments, result throws(LibraryError) in
      let value = try word(&arguments, 1)
      write(operation(value, try word(&arguments, 2) & 31), result)
    }
  }
}
