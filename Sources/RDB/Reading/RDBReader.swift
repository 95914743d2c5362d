// Unsafe: the input looks into the file's bytes, which last longer than it.

import Containers
import ServerKernel

/// Reads a file into the data set.
public struct RDBReader {
  /// How a file is read.
  public struct Options {
    /// Whether the checksum is looked at.
    public var checksChecksum = RDBSettings.validates
    /// Whether keys that are past their time are left out.
    public var dropsExpired = true
    /// Whether they are left out of a file that says of what stream it is, too, and told of in the summary.
    public var notesRemoved = false
    /// Whether a key may be there already, and gets the value that the file has.
    public var merges = false
    /// Whether records of what is no key are handed out in the summary and not put where they belong.
    public var collectsRecords = false
    /// Microseconds to wait after each key; for tests.
    public var keyDelay = 0
    /// Bytes of the file between two reports of progress.
    public var bytesPerReport = 1 << 20

    /// A file that is all the data there is.
    public init() {}
  }

  /// What a file brought.
  public struct Summary: Sendable {
    /// Keys that are in the data set now.
    public var keys = 0
    /// Keys that were past their time.
    public var expiredKeys = 0
    /// Keys without elements, which are left out.
    public var emptyKeys = 0
    /// Where the file ends; behind it there may be commands.
    public var end = 0
    /// When the file was written, Unix seconds, if it says so.
    public var writtenAt: Int64?
    /// Bytes in use where it was written.
    public var usedMemory: Int64?
    /// Where the data set was in the stream of effects, if the file says so.
    public var position: StreamPosition?
    /// Keys that were left out as their time was over, with their databases, where the file says of what stream it is:
    /// those who go on with that have to be told.
    public var removed: [(database: Int, key: [UInt8])] = []
    /// Records of what is no key, where they were asked for, with their opcodes.
    public var records: [(opcode: UInt8, bytes: [UInt8])] = []

    /// Nothing yet.
    public init() {}
  }

  private let server: Server
  private let options: Options
  private let input: RDBInput
  private let source: ValueSource
  private var summary = Summary()
  /// The key that is being read, which outlasts what it was read from.
  private let name = SharedBuffer(ByteBuffer())
  private var isWithinKey = false
  private var type: UInt8?
  private var removedBytes = 0
  /// Keys that room was made for.
  private var keysExpected = 0
  // What the file says of the stream of effects, in any order.
  private var positionName: String?
  private var positionOffset: Int64?
  private var positionDatabase = 0

  /// What the buffer for names keeps for the next one.
  private static let keptCapacity = 64 << 10

  /// What a key takes in a file, bytes: its type, its name and its value.
  private static let leastKeyBytes = 3

  /// Whether bytes are the beginning of a file of this format.
  public static func isFile(_ bytes: borrowing Bytes) -> Bool { signatureCount(bytes) != nil }

  /// How many bytes the name at the beginning has, of Redis, or of Valkey since its ninth version; nil when neither is
  /// there.
  private static func signatureCount(_ bytes: borrowing Bytes) -> Int? {
    for signature: StaticString in ["REDIS", "VALKEY"] {
      let name = Bytes(signature)
      if bytes.count >= name.count && bytes[0..<name.count] == name { return name.count }
    }
    return nil
  }

  /// Reads a file into the server's databases, in memory as a whole; `progress` is called now and then with the offset
  /// reached. What was read before an error stays in the data set.
  public static func read(
    _ bytes: borrowing Bytes, into server: Server, _ options: Options, progress: (Int) -> Void
  ) throws(RDBError) -> Summary {
    let input = RDBInput()
    unsafe input.open(bytes)
    return try read(input, into: server, options, progress)
  }

  /// Reads a file while it arrives; no more of it is kept than a value takes.
  public static func read(
    _ file: any ArrivingFile, into server: Server, _ options: Options, progress: (Int) -> Void
  ) throws(RDBError) -> Summary {
    let input = RDBInput(file)
    let summary = try read(input, into: server, options, progress)
    input.giveBack()
    return summary
  }

  private static func read(
    _ input: RDBInput, into server: Server, _ options: Options, _ progress: (Int) -> Void
  ) throws(RDBError) -> Summary {
    var reader = RDBReader(server, input, options)
    do throws(ElementError) {
      try reader.readAll(progress)
    } catch {
      let key = reader.isWithinKey ? reader.name.content.bytes.array : nil
      throw RDBError(reason: error.reason, offset: input.position, key: key, type: reader.type)
    }
    return reader.summary
  }

  private init(_ server: Server, _ input: RDBInput, _ options: Options) {
    self.server = server
    self.input = input
    self.options = options
    source = ValueSource(input, formats: server.valueFormats)
  }

  // MARK: The file

  private mutating func readAll(_ progress: (Int) -> Void) throws(ElementError) {
    let version = try readVersion()
    var number = 0
    var notes = KeyNotes()
    var reported = 0
    while true {
      let code = try input.byte()
      type = code
      guard let opcode = Opcode(rawValue: code) else {
        try readKey(code, number, notes)
        notes = KeyNotes()
        input.letGo()
        if input.position - reported >= options.bytesPerReport {
          reported = input.position
          progress(input.position)
        }
        continue
      }
      switch opcode {
      case .end: return try readEnd(version)
      case .database:
        number = try input.length()
        if number >= server.databaseCount { throw ElementError("there is no database \(number)") }
      case .expirationSeconds: notes.expiration = Int64(try input.littleEndian(Int32.self)) * 1000
      case .expirationMilliseconds: notes.expiration = try input.littleEndian(Int64.self)
      case .idle: notes.idle = try input.length()
      case .frequency: notes.frequency = try input.byte()
      default: try readFact(opcode, number)
      }
    }
  }

  /// Makes room for the keys of a database, as far as what is said of their number can be true.
  private mutating func makeRoom(in number: Int, keys: Int, expiring: Int) {
    let keys = max(0, min(keys, input.mostLeft / Self.leastKeyBytes - keysExpected))
    keysExpected += keys
    var database = server.databaseToLoad(number)
    database?.expect(keys: keys, expiring: min(keys, expiring))
  }

  private func readVersion() throws(ElementError) -> Int {
    var version: Int64?
    var isFile = false
    try input.bytes(9) { head in
      guard let count = Self.signatureCount(head) else { return }
      isFile = true
      // It has leading zeros.
      version = head[count..<9].lenientUnsignedInteger.flatMap { Int64(exactly: $0) }
    }
    if !isFile { throw ElementError("it is no file of this format: wrong signature") }
    guard let version, FormatVersion.isKnown(Int(version)) else {
      throw ElementError("can't handle RDB format version \(version ?? 0)")
    }
    return Int(version)
  }

  /// What is told of the file, of a database or by a module.
  private mutating func readFact(_ opcode: Opcode, _ number: Int) throws(ElementError) {
    switch opcode {
    case .auxiliary: try readAuxiliary()
    case .sizes: try makeRoom(in: number, keys: input.length(), expiring: input.length())
    case .slotInformation: for _ in 0..<3 { _ = try input.length() }
    case .function: try readRecord(opcode)
    case .functionPlain: throw ElementError("it holds a library of functions as release candidates wrote them")
    case .moduleData:
      let module = ModuleName.text(try input.number())
      Log.warning("The file holds data of the module '\(module)', which is left out")
      // When it is to be loaded: before the keys or behind them.
      _ = try input.number()
      _ = try input.number()
      try source.skipModuleParts()
    default: break
    }
  }

  /// A record of what is no key.
  private mutating func readRecord(_ opcode: Opcode) throws(ElementError) {
    guard let data = server.keylessData(opcode: opcode.rawValue) else {
      throw ElementError("no module takes what the opcode \(opcode.rawValue) stands for")
    }
    var record: [UInt8] = []
    try input.string { record = $0.array }
    if options.collectsRecords { return summary.records.append((opcode.rawValue, record)) }
    if let error = server.load(record.bytes, of: data, replaces: options.merges) {
      throw ElementError("a library cannot be loaded: \(error.bytes.bytes.string)")
    }
  }

  private mutating func readAuxiliary() throws(ElementError) {
    var name = ""
    var value: [UInt8] = []
    try input.string { name = $0.string }
    try input.string { value = $0.array }
    let number = value.bytes.integer
    switch name {
    case "ctime": summary.writtenAt = number
    case "used-mem": summary.usedMemory = number
    case "repl-id": positionName = value.count == 40 ? String(decoding: value, as: UTF8.self) : nil
    case "repl-offset": positionOffset = number
    case "repl-stream-db": positionDatabase = Int(clamping: number ?? 0)
    default: return
    }
    if let positionName, let positionOffset, positionOffset >= 0 {
      summary.position = StreamPosition(name: positionName, offset: positionOffset, database: positionDatabase)
    }
  }

  private mutating func readEnd(_ version: Int) throws(ElementError) {
    type = nil
    if version >= 5 {
      let end = input.position
      let checksum = try input.littleEndian(UInt64.self)
      // Zero says that none was made.
      if options.checksChecksum && checksum != 0 && checksum != input.checksum(upTo: end) {
        throw ElementError("RDB CRC error: it is damaged")
      }
    }
    summary.end = input.position
  }

  // MARK: Keys

  /// What stands before a key.
  private struct KeyNotes {
    var expiration: Int64?
    var idle: Int?
    var frequency: UInt8?
  }

  private mutating func readKey(_ code: UInt8, _ number: Int, _ notes: KeyNotes) throws(ElementError) {
    guard let type = ValueType(rawValue: code) else { throw ElementError("the type \(code) is unknown") }
    let name = self.name
    name.content.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    try input.string { name.content.append($0) }
    isWithinKey = true
    guard var database = server.databaseToLoad(number) else { throw ElementError("there is no database \(number)") }
    // Those who go on with the stream have to be told that a key goes.
    let dropsExpired = options.dropsExpired && (options.notesRemoved || summary.position == nil)
    let isExpired = dropsExpired && notes.expiration.map { $0 < database.now } ?? false
    let merges = options.merges
    let isLoaded: Bool
    if type == .string {
      isLoaded = !isExpired
      var isTwice = false
      try input.string { value in
        if !isLoaded { return }
        isTwice = !database.loadString(name.content.bytes, value, expiration: notes.expiration, replaces: merges)
      }
      if isTwice { throw ElementError("a key is there twice") }
    } else {
      if !isExpired && !merges && database.holds(name.content.bytes) { throw ElementError("a key is there twice") }
      let value = try source.begin(type)
      if isExpired {
        try source.skip(value)
        isLoaded = false
      } else {
        isLoaded = try source.load(value, name.content.bytes, into: &database, expiration: notes.expiration)
        if !isLoaded { noteEmpty(name.content.bytes.array) }
      }
    }
    isWithinKey = false
    self.type = nil
    if isExpired { noteRemoved(name.content.bytes.array, number) }
    guard isLoaded else { return }
    summary.keys += 1
    if let idle = notes.idle { database.setIdleSeconds(name.content.bytes, idle) }
    if let frequency = notes.frequency { database.setAccessFrequency(name.content.bytes, frequency) }
    if options.keyDelay > 0 { server.sleep(microseconds: options.keyDelay) }
  }
}

extension RDBReader {
  /// What the keys that go may take, bytes, before it is left at that nobody goes on with the stream.
  private static let mostRemovedBytes = 64 << 20

  private mutating func noteRemoved(_ name: [UInt8], _ number: Int) {
    summary.expiredKeys += 1
    guard options.notesRemoved, summary.position != nil else { return }
    removedBytes += name.count
    if removedBytes > Self.mostRemovedBytes {
      summary.position = nil
      summary.removed = []
    } else {
      summary.removed.append((number, name))
    }
  }

  /// A key without elements is left out, as a file has it that a faulty server wrote; the log tells of the first ones.
  private mutating func noteEmpty(_ name: [UInt8]) {
    summary.emptyKeys += 1
    if summary.emptyKeys > 10 { return }
    Log.notice("rdbLoadObject skipping empty key: \(String(decoding: name, as: UTF8.self).replacingLineBreaks)")
  }
}

extension ValueSource {
  /// Makes a value that was begun; false, and there is none, when it has no elements.
  func load(
    _ value: Value, _ key: borrowing Bytes, into database: inout Database, expiration: Int64?
  ) throws(ElementError) -> Bool {
    var reader = ElementReader(self)
    return try database.load(
      key, value.typeName, elementCount: value.elementCount, from: &reader, expiration: expiration)
  }
}
