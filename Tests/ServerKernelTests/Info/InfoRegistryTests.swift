import Containers
import Testing

@testable import ServerKernel

/// The order of INFO's groups, and who gives way to whom.
@Suite struct InfoRegistryTests {
  private let server: Server
  private let info = InfoRegistry()

  init() throws { server = try TestServer().server }

  @discardableResult
  private func add(_ group: String, after: String? = nil, isStandIn: Bool = false, _ value: Int = 1) -> Bool {
    info.add("Part", inDefault: true, group: group, after: after, isStandIn: isStandIn) { writer, _ in
      writer.begin("", group)
      writer.add("", value)
      writer.end()
    }
  }

  private func lines() -> [String] {
    info.text(["part"], server).bytes.string.split(separator: "\r\n").map(String.init)
  }

  @Test func groupsStandBehindThoseThatTheyName() {
    add("a")
    add("b")
    add("a1", after: "a")
    add("a2", after: "a")
    #expect(lines() == ["# Part", "a:1", "a1:1", "a2:1", "b:1"])
  }

  @Test func theOrderOfModulesDoesNotMatter() {
    add("late", after: "a")
    add("a")
    add("b")
    #expect(lines() == ["# Part", "a:1", "late:1", "b:1"])
  }

  @Test func aStandInGivesWay() {
    add("a")
    add("feature", isStandIn: true)
    add("b")
    #expect(add("feature", after: "a", 2))
    #expect(lines() == ["# Part", "a:1", "feature:2", "b:1"])
    // It comes too late when the feature is there.
    add("feature", isStandIn: true, 3)
    #expect(lines() == ["# Part", "a:1", "feature:2", "b:1"])
  }

  @Test func twoOfOneNameAreRefused() {
    add("a")
    #expect(!add("a"))
  }
}
