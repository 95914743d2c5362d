import Containers

/// A command's refusal: the error reply, worded as Redis words it, without the leading `-`.
///
/// The first word is the code that clients match on (`ERR`, `WRONGTYPE`, ...). Literal errors cost no
/// allocation; `text` is for those that quote what the client sent.
public enum CommandError: Error {
  case literal(StaticString)
  case text(String)

  /// The whole text, code included.
  public var text: String {
    switch self {
    case .literal(let text): text.description
    case .text(let text): text
    }
  }

  public static var wrongType: CommandError {
    .literal("WRONGTYPE Operation against a key holding the wrong kind of value")
  }
  public static var syntax: CommandError { .literal("ERR syntax error") }
  public static var notInteger: CommandError { .literal("ERR value is not an integer or out of range") }
  public static var notFloat: CommandError { .literal("ERR value is not a valid float") }
  public static var noSuchKey: CommandError { .literal("ERR no such key") }
  public static var outOfRange: CommandError { .literal("ERR value is out of range") }
  public static var indexOutOfRange: CommandError { .literal("ERR index out of range") }

  /// What Redis answers to an expire time that is not positive or too large, naming the command.
  public static func invalidExpireTime(_ command: String) -> CommandError {
    .text("ERR invalid expire time in '\(command)' command")
  }

  public static func wrongArity(_ command: String) -> CommandError {
    .text("ERR wrong number of arguments for '\(command)' command")
  }
}
