import Containers
import Testing

@testable import ServerKernel

/// Which effects reach whom, and what is a unit.
@Suite struct JournalTests {
  private final class Listener: JournalListener {
    let targets: JournalTargets
    var text = ""

    init(_ targets: JournalTargets) { self.targets = targets }

    func append(_ commands: borrowing Bytes, database: Int) { text += "\(database):\(commands.string) " }
    func beginUnit(database: Int) { text += "[" }
    func endUnit() { text += "]" }
    func flush() {}
  }

  private let journal: Place<JournalState>
  private let file = Listener(.appendOnlyFile), replica = Listener(.replicas)

  init() {
    journal = Place(JournalState())
    journal.value.listeners = [file, replica]
  }

  @Test func effectsReachThoseForWhomTheyAreMeant() {
    journal.value.emit(Bytes("a"), database: 0)
    journal.value.emit(Bytes("b"), database: 1, to: .replicas)
    journal.value.emit(Bytes("c"), database: 1, to: .appendOnlyFile)
    #expect(file.text == "0:a 1:c " && replica.text == "0:a 1:b ")
  }

  @Test func oneEffectIsNoUnit() {
    journal.value.beginUnit()
    journal.value.emit(Bytes("a"), database: 0, to: .replicas)
    journal.value.endUnit()
    #expect(file.text == "" && replica.text == "0:a ")
  }

  @Test func severalEffectsAreAUnitHoweverDeeplyTheyAreNested() {
    journal.value.beginUnit()
    journal.value.emit(Bytes("a"), database: 0)
    journal.value.beginUnit()
    journal.value.emit(Bytes("b"), database: 2)
    journal.value.endUnit()
    journal.value.endUnit()
    #expect(file.text == "[0:a 2:b ]")
  }

  @Test func nothingIsTakenWhileItRests() {
    journal.value.isPaused = true
    journal.value.emit(Bytes("a"), database: 0)
    #expect(!journal.value.isActive && file.text == "")
  }
}
