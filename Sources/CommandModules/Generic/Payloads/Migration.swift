import Containers
import RDB
import ServerKernel

/// A call of MIGRATE under way.
struct Migration {
  let options: MigrationOptions
  /// The keys that are there, by their positions among the arguments.
  var keys: [Int] = []
  /// Those that the target has, and this server no more.
  private var moved: [Int] = []
  /// What the target refused first.
  private var refusal: [UInt8]?
  private var isSending = true

  init(_ options: MigrationOptions) { self.options = options }

  /// Moves or copies the keys; false when the reply is an error that was replied, for what had changed by then.
  mutating func run(_ call: borrowing Call, _ context: inout Context) throws(CommandError) -> Bool {
    guard let links = context.server.service(MigrationLinks.self) else { preconditionFailure("a module of its own") }
    var failure: ConnectionFailure?
    // A connection that was kept may have been closed by the other side: once more, unless something was answered.
    for attempt in 1...2 {
      do throws(ConnectionFailure) {
        failure = nil
        try transfer(call, &context, links)
      } catch {
        failure = error
        links.close(call[1], port: options.port)
        if attempt == 1 && error == .lost && moved.isEmpty && refusal == nil { continue }
      }
      break
    }
    if !moved.isEmpty {
      context.journal.begin("DEL", arguments: moved.count)
      for position in moved { context.journal.argument(call[position]) }
    }
    guard let error = error(failure) else { return true }
    if moved.isEmpty { throw error }
    context.reply.error(error.text)
    return false
  }

  private func error(_ failure: ConnectionFailure?) -> CommandError? {
    if let refusal { return .text("ERR Target instance replied with error: \(refusal.bytes)") }
    switch failure {
    case nil: return nil
    case .unreachable: return .literal("IOERR error or timeout connecting to the client")
    case .refused: return .literal("IOERR error or timeout writing to target instance")
    case .lost, .timedOut:
      return isSending
        ? .literal("IOERR error or timeout writing to target instance")
        : .literal("IOERR error or timeout reading to target instance")
    }
  }

  private mutating func transfer(
    _ call: borrowing Call, _ context: inout Context, _ links: MigrationLinks
  ) throws(ConnectionFailure) {
    isSending = true
    let link = try links.link(
      to: call[1], port: options.port, patience: Int(clamping: options.timeout), now: Clock.monotonicSeconds)
    let selects = link.database != options.database
    var writer = CommandWriter()
    if !options.credentials.isEmpty {
      writer.begin("AUTH", arguments: options.credentials.count)
      for position in options.credentials { writer.argument(call[position]) }
    }
    if selects {
      writer.begin("SELECT", arguments: 1)
      writer.argument(options.database)
    }
    let sent = write(call, context, to: &writer)
    try link.connection.send(writer.output.bytes)
    isSending = false
    // Nothing is known of it until all has been answered.
    link.database = nil
    if !options.credentials.isEmpty { take(try link.connection.readLine()) }
    if selects { take(try link.connection.readLine()) }
    let isRefused = refusal != nil
    for position in sent {
      let isTaken = take(try link.connection.readLine())
      if isRefused || !isTaken || options.copies { continue }
      context.db.remove(call[position])
      moved.append(position)
    }
    if refusal == nil { link.database = options.database }
  }

  /// Writes a RESTORE for each key that has not expired meanwhile; their positions.
  private func write(_ call: borrowing Call, _ context: borrowing Context, to writer: inout CommandWriter) -> [Int] {
    var sent: [Int] = []
    var payload = ByteBuffer()
    for position in keys {
      payload.removeAll()
      let isThere = RDBPayload.write(call[position], in: context.db, context.server, to: { payload.append($0) })
      if !isThere { continue }
      var time: Int64 = 0
      if let end = context.db.expiration(call[position]) { time = max(1, end - context.db.now) }
      writer.begin("RESTORE", arguments: options.replaces ? 4 : 3)
      writer.argument(call[position])
      writer.argument(time)
      writer.argument(payload.bytes)
      if options.replaces { writer.argument(Bytes("REPLACE")) }
      sent.append(position)
    }
    return sent
  }

  /// Whether an answer is none of an error; the first one is kept.
  @discardableResult
  private mutating func take(_ answer: [UInt8]) -> Bool {
    if answer.first != UInt8(ascii: "-") { return true }
    if refusal == nil { refusal = Array(answer.dropFirst()) }
    return false
  }
}
