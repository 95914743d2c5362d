import Containers

// A data set that is loaded beside the present one, and takes its place when it is whole.
extension Server {
  /// Whether a data set is being loaded beside the present one, which is served meanwhile.
  public var isLoadingBeside: Bool { state.value.gate.contains(.loadingBeside) }

  /// The database that a file's keys go into: one of those beside while there are such.
  public func databaseToLoad(_ number: Int) -> Database? {
    let beside = keyspace.value.databasesBeside
    if beside.isEmpty { return database(number) }
    return beside.indices.contains(number) ? Database(beside[number], keyspace) : nil
  }

  /// Runs `work`, which loads a data set beside the present one (`databaseToLoad`). If it returns true the new one
  /// takes the place of the present one, otherwise that stays. Returns what it returned.
  ///
  /// The present data set is served while it does (`serveWhileLoading`), or clients are told to wait unless `serving`.
  /// No snapshot runs when it begins, and none begins before it is over. Nothing of it counts as a change.
  public func loadBeside(serving: Bool, lazily: Bool, _ work: () -> Bool) -> Bool {
    let hash = keyspace.value.hash
    let beside = keyspace.value.databases.map { Place(DatabaseState(number: $0.value.number, hash: hash)) }
    keyspace.value.databasesBeside = beside
    var isWhole = false
    if serving {
      setGate(.loadingBeside, true)
      isWhole = work()
      setGate(.loadingBeside, false)
    } else {
      whileLoading { isWhole = work() }
    }
    keyspace.value.databasesBeside = []
    let dirty = keyspace.value.dirty
    for (place, new) in zip(keyspace.value.databases, beside) {
      var database = Database(place, keyspace)
      if isWhole { database.replaceAll(with: new, lazily: lazily) } else { database.discard(new, lazily: lazily) }
    }
    keyspace.value.dirty = dirty
    return isWhole
  }

  /// Forgets what of the data set is no key.
  public func removeKeylessData() { for data in keylessData { data.removeAll() } }
}
