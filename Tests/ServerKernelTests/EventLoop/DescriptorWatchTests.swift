import Glibc
import Testing

@testable import ServerKernel

extension CommandThreadTests {
  /// Descriptors of others than clients, at a loop that is turned by hand.
  @Suite struct DescriptorWatchTests {
    /// A pipe: what is written at one end can be read at the other.
    private struct Pipe {
      let reading: Int32
      let writing: Int32

      init() {
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
      }

      func write() { #expect(unsafe Glibc.write(writing, "x", 1) == 1) }

      func read() -> Int {
        var bytes = [UInt8](repeating: 0, count: 16)
        return unsafe Glibc.read(reading, &bytes, bytes.count)
      }

      func close() {
        Glibc.close(reading)
        Glibc.close(writing)
      }
    }

    @Test func tellsForAsLongAsThereIsSomethingToRead() throws {
      let server = try TestServer().server
      server.makeDatabases()
      let pipe = Pipe()
      defer { pipe.close() }
      var calls = 0
      let watch = try #require(
        server.watch(pipe.reading, for: .readable) { events, _ in
          calls += 1
          #expect(events.contains(.readable))
        })
      server.loop.tick(waitingAtMost: 0)
      #expect(calls == 0)
      pipe.write()
      server.loop.tick(waitingAtMost: 0)
      server.loop.tick(waitingAtMost: 0)
      #expect(calls == 2)
      watch.change(to: [])
      server.loop.tick(waitingAtMost: 0)
      #expect(calls == 2)
      watch.change(to: .readable)
      server.loop.tick(waitingAtMost: 0)
      #expect(calls == 3)
      #expect(pipe.read() == 1)
      server.loop.tick(waitingAtMost: 0)
      #expect(calls == 3)
      watch.end()
    }

    /// Two descriptors become readable at once; whoever is told first ends the watch of the other.
    @Test func anEndedWatchIsNotToldOfWhatHappenedBefore() throws {
      let server = try TestServer().server
      server.makeDatabases()
      let pipes = [Pipe(), Pipe()]
      defer { for pipe in pipes { pipe.close() } }
      var calls = 0
      var watches: [DescriptorWatch] = []
      for (index, pipe) in pipes.enumerated() {
        let watch = server.watch(pipe.reading, for: .readable) { _, _ in
          calls += 1
          watches[1 - index].end()
        }
        watches.append(try #require(watch))
      }
      for pipe in pipes { pipe.write() }
      server.loop.tick(waitingAtMost: 0)
      #expect(calls == 1)
    }

    @Test func roomToWriteAndAnEndAreTold() throws {
      let server = try TestServer().server
      server.makeDatabases()
      let pipe = Pipe()
      var seen: DescriptorEvents = []
      let watch = try #require(server.watch(pipe.writing, for: .writable) { events, _ in seen.formUnion(events) })
      server.loop.tick(waitingAtMost: 0)
      #expect(seen == .writable)
      Glibc.close(pipe.reading)
      server.loop.tick(waitingAtMost: 0)
      #expect(seen.contains(.failed))
      watch.end()
      Glibc.close(pipe.writing)
      #expect(server.watch(1_000_000, for: .readable) { _, _ in } == nil)
    }
  }
}
