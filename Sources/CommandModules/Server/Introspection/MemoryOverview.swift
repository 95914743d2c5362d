import ServerKernel

/// How memory is used, as INFO memory and MEMORY STATS tell.
struct MemoryOverview {
  let used: Int
  let peak: Int
  let resident: Int
  let startup: Int
  let clients: Int
  /// What modules need that is no part of the data set.
  let modules: Int
  /// Tables of each database that has keys.
  let tables: [(database: Int, keys: Int, expires: Int)]
  let keyCount: Int

  init(_ server: Server) {
    used = server.usedMemory
    peak = server.peakMemory
    resident = server.residentMemory
    startup = server.startupMemory
    clients = server.clientMemory
    modules = server.memoryOverhead
    var tables: [(Int, Int, Int)] = []
    var keys = 0
    for number in 0..<server.databaseCount {
      guard let database = server.database(number), database.count > 0 else { continue }
      let memory = database.tableMemory
      tables.append((number, memory.keys, memory.expires))
      keys += database.count
    }
    self.tables = tables
    keyCount = keys
  }

  var overhead: Int { startup + clients + modules + tables.reduce(0) { $0 + $1.keys + $1.expires } }
  var dataSet: Int { max(0, used - overhead) }
  var dataSetPercent: Double { used > startup ? Double(dataSet) * 100 / Double(used - startup) : 0 }
  var peakPercent: Double { peak > 0 ? Double(used) * 100 / Double(peak) : 0 }
  var fragmentation: Double { used > 0 ? Double(resident) / Double(used) : 0 }
  var bytesPerKey: Int { keyCount > 0 ? max(0, used - startup) / keyCount : 0 }
}
