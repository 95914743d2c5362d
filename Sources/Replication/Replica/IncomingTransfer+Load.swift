import Containers
import Persistence
import RDB
import ServerKernel

// The data set takes the place of the present one.
extension IncomingTransfer {
  /// Loads it; called when nothing else goes on.
  func load() {
    switch loadsBeside ? loadBeside() : loadInPlace() {
    case .success(let summary): finish(summary)
    case .failure(let error):
      if dump == nil {
        Log.warning("Internal error in RDB received from the primary: \(error.text)")
      } else {
        Log.warning("Bad file format reading the RDB received from the primary: \(error.text)")
      }
      link.giveUp(self, "Failed trying to load the MASTER synchronization DB, check server logs.", triesAgain: isLost)
    }
  }

  private func loadInPlace() -> Result<RDBReader.Summary, RDBError> {
    replication.leaveStream()
    var outcome = Result<RDBReader.Summary, RDBError>.failure(RDBError("it was not read"))
    server.whileReloading {
      Log.notice("MASTER <-> REPLICA sync: Flushing old data")
      server.emptyDatabases(lazily: replication.settings.flushesLazily.value)
      Log.notice("MASTER <-> REPLICA sync: Loading DB in memory")
      outcome = dump?.load() ?? loadWhatArrives(collectingRecords: false)
      if case .failure = outcome { server.emptyDatabases() }
    }
    ReceivedDump.dataSetWasReplaced(server)
    return outcome
  }

  /// The old data set is served meanwhile where it is an earlier state of the new one, and stays when that is damaged.
  private func loadBeside() -> Result<RDBReader.Summary, RDBError> {
    var outcome = Result<RDBReader.Summary, RDBError>.failure(RDBError("it was not read"))
    Log.notice("MASTER <-> REPLICA sync: Loading DB in memory")
    let isSameStream = start?.name == replication.identity.current
    let isWhole = server.loadBeside(
      serving: isSameStream, lazily: replication.settings.flushesLazily.value
    ) {
      outcome = loadWhatArrives(collectingRecords: true)
      if case .success = outcome { return true }
      return false
    }
    if isWhole, case .success(let summary) = outcome {
      Log.notice("MASTER <-> REPLICA sync: Swapping active DB with loaded DB")
      replication.leaveStream()
      ReceivedDump.replaceKeylessData(with: summary.records, server)
      ReceivedDump.dataSetWasReplaced(server)
    } else {
      Log.notice("MASTER <-> REPLICA sync: Discarding temporary DB")
    }
    return outcome
  }

  private func finish(_ summary: RDBReader.Summary) {
    if let start {
      replication.identity.adopt(start.name)
      replication.stream.restart(at: start.offset)
    }
    dump?.install()
    let rest = self.rest
    Log.notice("Done loading RDB, keys loaded: \(summary.keys), keys expired: \(summary.expiredKeys).")
    Log.notice("MASTER <-> REPLICA sync: Finished with success")
    let isMarked = if case .mark = length { true } else { false }
    link.proceed(
      connection, rest.content.bytes, database: summary.position?.database ?? 0,
      offsets: start != nil ? .known : isMarked ? .unknown : .none)
    // A primary that sends without a file waits for it before it sends the stream.
    if isMarked { link.acknowledge() }
  }
}

// MARK: While it comes

extension IncomingTransfer: ArrivingFile {
  /// A load that waits is looked after this often, milliseconds.
  private static let longestWait: Int32 = 100

  private func loadWhatArrives(collectingRecords: Bool) -> Result<RDBReader.Summary, RDBError> {
    // So that it ends a wait.
    connection.watch(for: .readable) { _ in }
    let outcome = ReceivedDump.load(self, size: total, collectingRecords: collectingRecords, server)
    guard case .success(let summary) = outcome else { return outcome }
    do throws(ElementError) {
      try receiveEnd(summary)
      return outcome
    } catch {
      return .failure(RDBError(error.reason))
    }
  }

  /// What is behind the data set has to be what was announced.
  private func receiveEnd(_ summary: RDBReader.Summary) throws(ElementError) {
    let rest = self.rest
    switch length {
    case .unknown: return
    case .bytes(let total): if summary.end != total { throw ElementError("it is shorter than it was said to be") }
    case .mark(let mark):
      var end = ByteBuffer()
      end.append(rest.content.bytes)
      while end.count < Self.markLength { try receive(into: &end) }
      if end.bytes[0..<Self.markLength] != mark.bytes {
        throw ElementError("the mark behind the data set is not the one that was announced")
      }
      rest.content.removeAll()
      rest.content.append(end.bytes[Self.markLength..<end.count])
    }
    received = summary.end
  }

  func giveBack(_ bytes: borrowing Bytes) {
    let rest = self.rest
    rest.content.append(bytes)
  }

  func receive(into buffer: inout ByteBuffer) throws(ElementError) {
    let input = self.input
    if !input.content.isEmpty {
      buffer.append(input.content.bytes)
      received += input.content.count
      input.content.removeAll(keepingCapacityUpTo: 0)
      return
    }
    var waitsSince: Int64?
    while true {
      if isOver { throw ElementError("the connection was closed") }
      if let total, received >= total { throw ElementError("it ends too early") }
      switch connection.read(into: &buffer, atMost: Self.readSize) {
      case .bytes(let count):
        received += count
        return noteArrival(of: count)
      case .nothing: server.serveWhileLoading(waitingAtMost: Self.longestWait)
      case .ended:
        isLost = true
        throw ElementError("I/O error trying to sync with MASTER: connection lost")
      case .failed(let error): throw ElementError("I/O error trying to sync with MASTER: \(error.text)")
      }
      let now = server.unixSeconds
      if now - (waitsSince ?? now) > Int64(replication.settings.timeout.value) {
        throw ElementError("Timeout receiving bulk data from MASTER")
      }
      waitsSince = waitsSince ?? now
    }
  }
}
