import Testing

@testable import ServerKernel

@Suite struct SpecValidationTests {
  @Test func goodSpecificationsHaveNoProblems() {
    #expect(problems { _ in } == [])
    #expect(
      problems { spec in
        spec.flags = [.write, .denyOOM]
        spec.arity = -3
        spec.keys = [KeySpec([.readWrite, .update], .index(1), .range(last: -1, step: 2, limit: 0))]
        spec.arguments = [.string("key"), .oneOf("value", [.integer("a"), .string("b", token: "B")])]
      } == [])
  }

  @Test(arguments: ["", "Get", "a-name-of-twenty-five-byte"])
  func namesAreShortAndLowerCase(name: String) {
    #expect(problems { $0.name = name } == ["the name must be lower case, of 1 to 24 bytes"])
  }

  @Test func flagsDoNotContradictOneAnother() {
    #expect(problems { $0.flags = [.write, .readOnly] } == ["write and readOnly exclude one another"])
    #expect(problems { $0.flags = [.denyOOM] } == ["denyOOM is for writes"])
    #expect(problems { ($0.flags, $0.group) = ([.denyOOM], .pubSub) } == [])
  }

  @Test func arityAgreesWithTheArguments() {
    #expect(problems { $0.arity = 0 }.contains("arity 0 would refuse every call"))
    #expect(
      problems { $0.arguments = [.string("key"), .string("value")] }
        == ["arity 2 is less than the 2 required arguments need"])
    #expect(problems { $0.arguments = [.string("key"), .string("value", .optional)] } == [])
    #expect(problems { $0.arity = 3 } == ["arity 3 is more than the arguments give"])
    #expect(problems { $0.arity = -3 }.isEmpty)
  }

  @Test func keysLieWithinTheArguments() {
    func keyProblems(_ start: KeySpec.Start, _ extent: KeySpec.Extent) -> [String] {
      problems { $0.keys = [KeySpec(.readOnly, start, extent)] }
    }
    #expect(keyProblems(.index(1), .range(last: 0, step: 1, limit: 0)) == [])
    #expect(keyProblems(.index(0), .range(last: 0, step: 1, limit: 0)) == ["keys cannot begin at argument 0"])
    #expect(
      keyProblems(.index(2), .range(last: 0, step: 1, limit: 0))
        == ["the key at argument 2 lies behind the last one"])
    #expect(
      keyProblems(.index(1), .range(last: 1, step: 1, limit: 0))
        == ["the last key lies behind the last argument"])
    #expect(
      keyProblems(.index(1), .range(last: 0, step: 0, limit: 0))
        == ["the step of a key range is at least 1, its limit at least 0"])
  }

  @Test func subcommandsHaveNamesOfTheirOwn() {
    #expect(
      problems { ($0.arity, $0.arguments, $0.subcommands) = (-2, [], [Good.self, Good.self]) }
        == ["two subcommands have the same name"])
  }

  @Test func badMetadataStopsTheStart() async {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardOutputContent]) {
      _ = Server(modules: [BadModule.self])
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(text.contains("Cannot start: command 'bad': write and readOnly exclude one another"))
  }

  @Test func aNameCanBeTakenOnce() async {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardOutputContent]) {
      _ = Server(modules: [GoodModule.self, GoodModule.self])
    }
    let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(text.contains("Cannot start: command 'good' is registered twice"))
  }

  /// What is wrong with the specification of `Good` after a change.
  private func problems(_ change: (inout CommandSpec) -> Void) -> [String] {
    var spec = Good.spec
    change(&spec)
    return SpecValidation.problems(of: Command(Good.self, spec, parent: nil))
  }
}

private enum Good: RedisCommand {
  static let spec = CommandSpec(
    "good", arity: 2, group: .string, since: "1.0.0", complexity: "O(1)", summary: "Does good",
    arguments: [.string("value")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {}
}

private enum Bad: RedisCommand {
  static let spec = CommandSpec(
    "bad", arity: 1, flags: [.write, .readOnly], group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Contradicts itself")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {}
}

private enum GoodModule: CommandModule {
  static var commands: [any RedisCommand.Type] { [Good.self] }
}

private enum BadModule: CommandModule {
  static var commands: [any RedisCommand.Type] { [Bad.self] }
}
