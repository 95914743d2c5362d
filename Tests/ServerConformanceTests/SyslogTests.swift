import ConformanceSupport
import Glibc
import Synchronization
import Testing

/// A listener at the path where syslog(3) looks for one. It reads on a thread of its own: its queue is short, and
/// whoever logs waits for room in it.
private final class LogSocket: Sendable {
  private static let path = "/dev/log"
  private let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  private let received = Mutex<[String]>([])

  /// Nil, with a notice, where there cannot be one.
  init?() {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Self.path.utf8) }
    let bound = unsafe withUnsafePointer(to: address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else {
      print("NOTICE: syslog is not tested, \(Self.path) cannot be bound: \(unsafe String(cString: strerror(errno)))")
      close(descriptor)
      return nil
    }
    var thread = pthread_t()
    unsafe pthread_create(
      &thread, nil,
      { socket in
        unsafe Unmanaged<LogSocket>.fromOpaque(socket!).takeRetainedValue().receive()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
  }

  private func receive() {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 { break }
      let message = String(decoding: buffer.prefix(count), as: UTF8.self)
      received.withLock { $0.append(message) }
    }
    close(descriptor)
  }

  /// What has arrived; a message is not yet there when the one who sent it goes on, so the server has ended before.
  func take() -> [String] {
    var waiting: Int32 = 1
    while waiting > 0 {
      _ = unsafe ioctl(descriptor, UInt(FIONREAD), &waiting)
      usleep(1000)
    }
    return received.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }

  /// Ends the thread, and takes the path away.
  func remove() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    unsafe unlink(Self.path)
  }
}

/// What arrives at the system's log socket; only where there is none yet, and this process may make one.
@Suite(.serialized) struct SyslogTests {
  @Test func linesGoToSyslogAsWell() throws {
    guard let socket = LogSocket() else { return }
    defer { socket.remove() }
    for binary in RestartTests.binaries {
      let process = try ServerProcess(
        binary,
        arguments: [
          "--syslog-enabled", "yes", "--syslog-ident", "a name", "--syslog-facility", "local3", "--loglevel", "verbose",
        ])
      let client = try process.connect()
      #expect(try client.call(["DEBUG", "LOG", "100%s of\ttext"]).value.text == "OK")
      process.stop()
      // Facility local3 is 19 * 8, of which the level is a part: warning 4, notice 5, info 6.
      // The real server opens syslog behind its first lines, which come from no one in particular.
      let everything = socket.take()
      let all = everything.drop { !$0.contains(" a name[") }
      if binary == .underTest() { #expect(all.count == everything.count) }
      let id = try #require(all.first).prefix { $0 != "]" }.drop { $0 != "[" }.dropFirst()
      for (priority, message) in [
        (156, "Server initialized"), (157, "Ready to accept connections"), (158, "Accepted 127.0.0.1:"),
        (156, "DEBUG LOG: 100%s of\ttext"), (156, "User requested shutdown..."),
        (156, "Redis is now ready to exit, bye bye..."),
      ] {
        let found = all.contains {
          $0.hasPrefix("<\(priority)>") && $0.contains(" a name[\(id)]: \(message)")
        }
        #expect(found, "\(binary.path): \(message) in \(all)")
      }
      // Every line has its time from syslog(3) and nothing of the log file's form.
      for line in all {
        #expect(
          line.contains(#/^<15[5-8]>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d a name\[\d+\]: /#) && !line.contains(":M "),
          "\(binary.path): \(line)")
      }
    }
  }

  @Test func theIdentityAndTheFacilityHaveDefaults() throws {
    guard let socket = LogSocket() else { return }
    defer { socket.remove() }
    for binary in RestartTests.binaries {
      let process = try ServerProcess(binary, arguments: ["--syslog-enabled", "yes"])
      process.stop()
      let all = socket.take()
      #expect(all.contains { $0.hasPrefix("<133>") && $0.contains(" redis[") }, "\(binary.path): \(all)")
      let silent = try ServerProcess(binary)
      silent.stop()
      #expect(socket.take().isEmpty)
    }
  }
}
