import Containers
import ServerKernel

/// A connection to a server that keys are moved to, and what that knows of it.
final class MigrationLink {
  let connection: SynchronousConnection
  /// The database that was selected there; nil when that is not known.
  var database: Int64?
  /// When it was used last, in seconds of the monotonic clock.
  var lastUse: Int64

  init(_ connection: SynchronousConnection, now: Int64) {
    self.connection = connection
    lastUse = now
  }
}

/// The connections of MIGRATE, which are kept for some seconds: those who move keys mostly move many.
final class MigrationLinks {
  /// How many are kept, and for how many seconds nobody needs one.
  private static let most = 64, secondsUnused: Int64 = 10

  private var links: [[UInt8]: MigrationLink] = [:]

  /// How many there are.
  var count: Int { links.count }

  private static func name(_ host: borrowing Bytes, _ port: Int64) -> [UInt8] {
    let text = DecimalText(port)
    return host.array + [UInt8(ascii: ":")] + text.bytes.array
  }

  /// The connection to a server, a new one if there is none.
  func link(
    to host: borrowing Bytes, port: Int64, patience: Int, now: Int64
  ) throws(ConnectionFailure) -> MigrationLink {
    let name = Self.name(host, port)
    if let link = links[name] {
      link.connection.patience = patience
      link.lastUse = now
      return link
    }
    let connection = try SynchronousConnection(
      to: String(decoding: host.array, as: UTF8.self), port: Int(clamping: port), patience: patience)
    if links.count >= Self.most, let oldest = links.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      links[oldest.key] = nil
    }
    let link = MigrationLink(connection, now: now)
    links[name] = link
    return link
  }

  /// Ends the connection to a server.
  func close(_ host: borrowing Bytes, port: Int64) { links[Self.name(host, port)] = nil }

  /// Ends those that nobody has needed for a while.
  func closeUnused(now: Int64) { links = links.filter { now - $0.value.lastUse <= Self.secondsUnused } }
}
