import ConformanceSupport
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// The table of all watched keys, beside a list of them.
  @Suite struct WatchTableTests {
    @Test(arguments: [71, 72]) func itIsLikeItsModel(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let server = Server(modules: [])
      server.makeDatabases()
      let client = server.systemClient
      var table = WatchTable()
      var model: [(place: Int, hash: UInt64, number: Int)] = []
      for step in 0..<6000 {
        // It grows to more watches than it keeps places for, goes, and comes again.
        if random.below(10) < (step % 3000 < 2000 ? 9 : 1) || model.isEmpty {
          // Some hashes are the same, others differ in what a chain is not chosen by.
          let hash = UInt64(random.below(500)) << (random.below(2) == 0 ? 0 : 40)
          model.append((table.insert(hash, client, number: step), hash, step))
        } else {
          table.remove(model.remove(at: random.below(model.count)).place)
        }
        let hash = model.randomElement(using: &random)?.hash ?? 0
        var found: [Int] = []
        var place = table.first(hash)
        while place != WatchTable.none {
          found.append(table[place].number)
          place = table.next(place)
        }
        let isAlike = found.sorted() == model.filter { $0.hash == hash }.map(\.number)
        let count = table.count
        #expect(isAlike && count == model.count, "seed \(seed), step \(step)")
        if !isAlike { return }
      }
      let places = table.places
      #expect(places == model.map(\.place).sorted())
    }
  }
}
