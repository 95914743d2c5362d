import ConformanceSupport
import Glibc
import Testing

/// With I/O threads a server does what it does with one, in the same order.
@Suite(.serialized, .disabled(if: ServerBinary.hasIOThreads, "the number of threads is given"))
struct IOThreadTests {
  private static func start(_ threads: Int = 4, _ arguments: String...) throws -> ServerProcess {
    try ServerProcess(
      .underTest(),
      arguments: ["--io-threads", "\(threads)", "--io-threads-always-active", "yes", "--appendonly", "no"] + arguments)
  }

  private static func numbers(_ range: Range<Int>) -> [UInt8] {
    range.flatMap { Array("ECHO \($0)\r\n".utf8) }
  }

  @Test func repliesComeInTheOrderOfRequests() throws {
    let process = try Self.start()
    let clients = try (0..<20).map { _ in try process.connect() }
    for round in 0..<10 {
      let range = round * 200..<(round + 1) * 200
      for client in clients { try client.send(Self.numbers(range)) }
      for client in clients {
        for number in range { #expect(try client.receive().value.text == "\(number)") }
      }
    }
    let witness = clients[0]
    #expect(try BadInputTests.figure("io_threads_active", "server", witness) == 1)
    #expect(try BadInputTests.figure("io_threaded_reads_processed", "stats", witness) ?? 0 >= 200)
    #expect(try BadInputTests.figure("io_threaded_writes_processed", "stats", witness) ?? 0 >= 200)
  }

  /// Who has had its reply may ask to be a replica at once, though the thread that sent it has not been asked yet what
  /// became of that.
  @Test func whoWasAnsweredMayBecomeAReplica() throws {
    let process = try Self.start(4, "--repl-diskless-sync-delay", "0")
    for _ in 0..<100 {
      let replicas = try (0..<20).map { _ in try process.connect() }
      for replica in replicas { try replica.send("REPLCONF listening-port 1") }
      for replica in replicas {
        #expect(try replica.receive().value.text == "OK")
        try replica.send("PSYNC ? -1")
      }
      for replica in replicas {
        #expect(String(decoding: try replica.receive().raw, as: UTF8.self).hasPrefix("+FULLRESYNC "))
      }
    }
  }

  @Test func oneThreadHasNoHelp() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--io-threads-always-active", "yes"])
    let client = try process.connect()
    #expect(try client.call("PING").value.text == "PONG")
    #expect(try BadInputTests.figure("io_threads_active", "server", client) == 0)
    #expect(try BadInputTests.figure("io_threaded_reads_processed", "stats", client) == 0)
    #expect(try client.call("INFO stats").value.text?.contains("io_thread_") == false)
  }

  /// Those that there are are shown, with what they did and how long they took for it.
  @Test func threadsAreShown() throws {
    let process = try Self.start(3)
    let client = try process.connect()
    for _ in 0..<50 { _ = try client.call("PING") }
    let threads = try client.call("INFO stats").value.text ?? ""
    #expect(threads.contains("io_thread_1:reads=") && threads.contains("io_thread_2:reads="))
    #expect(!threads.contains("io_thread_3"))
    let times = try client.call("INFO cpu").value.text ?? ""
    for name in ["main_thread", "io_thread_1", "io_thread_2"] { #expect(times.contains("used_active_time_\(name):")) }
  }

  /// A reader that is slower than what is sent to it gets all of it, while values it was promised are overwritten,
  /// deleted and flushed.
  @Test func largeRepliesAreWhatTheyWereWhenTheyWereAskedFor() throws {
    let process = try Self.start(4, "--client-output-buffer-limit", "normal 0 0 0")
    let client = try process.connect(), other = try process.connect()
    let size = 3_000_000
    for letter in ["a", "b", "c", "d"] {
      let value = String(repeating: letter, count: size)
      #expect(try client.call(Command(["SET", letter, value])).value.text == "OK")
    }
    try client.send(Array("GET a\r\nGET b\r\nGET c\r\nGET d\r\nPING\r\n".utf8))
    // The first of it has come: all has been executed.
    let first = try client.receive().value.text
    #expect(try other.call("APPEND b x").value.number == Double(size + 1))
    #expect(try other.call("SET c short").value.text == "OK")
    #expect(try other.call("FLUSHALL ASYNC").value.text == "OK")
    let texts = try [first] + (0..<3).map { _ in try client.receive().value.text }
    for (letter, text) in zip(["a", "b", "c", "d"], texts) {
      #expect(text?.utf8.count == size)
      #expect(text?.utf8.allSatisfy { $0 == letter.utf8.first } == true)
    }
    #expect(try client.receive().value.text == "PONG")
  }

  /// Whoever does not read is closed at its limit, with threads as without.
  @Test func whoDoesNotReadIsClosedAtItsLimit() throws {
    let process = try Self.start(2, "--client-output-buffer-limit", "normal 10mb 0 0")
    let witness = try process.connect(), client = try process.connect()
    #expect(try witness.call(Command(["SET", "key", String(repeating: "x", count: 1_000_000)])).value.text == "OK")
    try? client.send(Array(repeatElement(Array("GET key\r\n".utf8), count: 100).joined()))
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(process.log.contains("overcoming of output buffer limits"))
    #expect(try witness.call("PING").value.text == "PONG")
  }

  /// Clients go in each phase: while they send, while they wait, while they are sent to, by command and by themselves.
  @Test func clientsMayGoAtAnyTime() throws {
    let process = try Self.start()
    let witness = try process.connect()
    #expect(try witness.call(Command(["SET", "large", String(repeating: "x", count: 300_000)])).value.text == "OK")
    for round in 0..<30 {
      let clients = try (0..<10).map { _ in try process.connect() }
      for (index, client) in clients.enumerated() {
        switch index % 5 {
        case 0: try client.send(Array("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000\r\nxx".utf8))
        case 1: try client.send(Array("BLPOP nothing 0\r\n".utf8))
        case 2: try client.send(Array(repeatElement(Array("GET large\r\n".utf8), count: 20).joined()))
        case 3: try client.send(Array("SUBSCRIBE channel\r\nPING\r\n".utf8))
        default: try client.send(Self.numbers(0..<500))
        }
      }
      if round % 2 == 0 { _ = try witness.call("CLIENT KILL TYPE normal SKIPME yes") }
      _ = try witness.call("PUBLISH channel message")
    }
    try BadInputTests.wait { try BadInputTests.figure("connected_clients", "clients", witness) == 1 }
    #expect(try witness.call("STRLEN large").value.number == 300_000)
  }

  @Test func theirNumberChangesUnderLoad() throws {
    let process = try Self.start(2)
    let witness = try process.connect()
    let clients = try (0..<10).map { _ in try process.connect() }
    for round in 0..<60 {
      for client in clients { try client.send(Self.numbers(0..<100)) }
      let count = [1, 5, 2, 8, 3][round % 5]
      #expect(try witness.call(Command(["CONFIG", "SET", "io-threads", "\(count)"])).value.text == "OK")
      for client in clients {
        for number in 0..<100 { #expect(try client.receive().value.text == "\(number)") }
      }
    }
    let refusal = try witness.call("CONFIG SET io-threads 129").value.text
    #expect(refusal?.hasSuffix("'io-threads') - argument must be between 1 and 128 inclusive") == true)
  }

  /// While a script runs for long the others are answered, those whose requests a thread has read included.
  @Test func othersAreAnsweredDuringALongScript() throws {
    let process = try Self.start(4, "--busy-reply-threshold", "50")
    let others = try (0..<8).map { _ in try process.connect() }
    let client = try process.connect()
    try client.send(Command(["EVAL", "while true do end", "0"]).encoded)
    try BadInputTests.wait { try others[0].call("PING").value.text?.hasPrefix("BUSY") ?? false }
    for other in others { #expect(try other.call("GET key").value.text?.hasPrefix("BUSY") == true) }
    #expect(try others[0].call("SCRIPT KILL").value.text == "OK")
    #expect(try client.receive().value.text?.contains("Script killed by user") == true)
    for other in others { #expect(try other.call("PING").value.text == "PONG") }
  }

  /// What was replied before a shutdown arrives.
  @Test func repliesOutliveAShutdown() throws {
    let process = try Self.start()
    let clients = try (0..<5).map { _ in try process.connect() }
    for client in clients { try client.send(Self.numbers(0..<1000)) }
    for client in clients { #expect(try client.receive().value.text == "0") }
    try clients[0].send(Array("SHUTDOWN NOSAVE\r\n".utf8))
    for number in 1..<1000 { #expect(try clients[0].receive().value.text == "\(number)") }
  }
}
