import Testing

@testable import ConformanceSupport

@Suite struct CommandTests {
  @Test func splitsAsRedisCLI() {
    let command: Command = "SET  \"a b\" \"\" \"\\x00\\\"\\r\\n\\\\\""
    #expect(command.words == [Array("SET".utf8), Array("a b".utf8), [], [0, 34, 13, 10, 92]])
    #expect(Command(line: command.description) == command)
    #expect(command.name == "set")
    #expect(("CONFIG Get x" as Command).subcommandName == "config|get")
    #expect(("GET k" as Command).encoded == Array("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n".utf8))
  }

  @Test func sameSeedSameCommands() {
    let grammar = CommandGrammar(
      keys: ["a", "b"], values: ["1"], templates: ["SET {key} {int 1 9}", "MGET {some key}"])
    var first = SeededGenerator(seed: 7)
    var second = SeededGenerator(seed: 7)
    for _ in 0..<50 {
      #expect(grammar.command(using: &first) == grammar.command(using: &second))
    }
  }
}
