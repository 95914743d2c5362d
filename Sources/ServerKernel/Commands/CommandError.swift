import Containers

/// A command's refusal: the error reply, worded as Redis words it, without the leading `-`.
///
/// The first word is the code that clients match on (`ERR`, `WRONGTYPE`, ...). Literal errors cost no
/// allocation; `text` is for those that quote what the client sent.
public enum CommandError: Error {
  case literal(StaticString)
  case text(ErrorText)
  /// One that has been counted where it arose: in a call that the command made.
  case counted(ErrorText)

  /// The whole text, code included.
  public var text: ErrorText {
    switch self {
    case .literal(let text): ErrorText(text)
    case .text(let text), .counted(let text): text
    }
  }

  /// The key holds another kind of value.
  public static var wrongType: CommandError {
    .literal("WRONGTYPE Operation against a key holding the wrong kind of value")
  }
  /// Unknown or misplaced options.
  public static var syntax: CommandError { .literal("ERR syntax error") }
  /// An argument, or the stored value, is no 64-bit integer.
  public static var notInteger: CommandError { .literal("ERR value is not an integer or out of range") }
  /// An argument, or the stored value, is no floating-point number.
  public static var notFloat: CommandError { .literal("ERR value is not a valid float") }
  /// A key that has to exist does not.
  public static var noSuchKey: CommandError { .literal("ERR no such key") }
  /// A number is too large or too small.
  public static var outOfRange: CommandError { .literal("ERR value is out of range") }
  /// An index lies outside the value.
  public static var indexOutOfRange: CommandError { .literal("ERR index out of range") }

  /// What Redis answers to an expire time that is not positive or too large, naming the command.
  public static func invalidExpireTime(_ command: String) -> CommandError {
    .text("ERR invalid expire time in '\(command)' command")
  }

  /// Too few or too many arguments, for a command by its full name.
  public static func wrongArity(_ command: String) -> CommandError {
    .text("ERR wrong number of arguments for '\(command)' command")
  }
}
