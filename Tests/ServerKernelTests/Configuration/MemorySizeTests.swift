import Testing

@testable import ServerKernel

@Suite struct MemorySizeTests {
  @Test(arguments: [
    ("0", 0), ("", 0), ("k", 0), ("100", 100), ("100b", 100), ("1k", 1000), ("1kb", 1024), ("2M", 2_000_000),
    ("2Mb", 2 << 20), ("3g", 3_000_000_000), ("3GB", 3 << 30), ("007", 7),
    ("18446744073709551615", UInt64.max),
  ])
  func parses(text: String, bytes: UInt64) {
    #expect(MemorySize.parse(Array(text.utf8)) == bytes)
  }

  @Test(arguments: ["-1", "1q", "1 kb", "1kbb", "x", "1.5gb", "18446744073709551616", "17179869184gb"])
  func refuses(text: String) {
    #expect(MemorySize.parse(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    (0, "0"), (1023, "1023"), (1024, "1kb"), (3 << 20, "3mb"), (1 << 30, "1gb"), (1 << 30 | 1024, "1048577kb"),
  ])
  func formats(bytes: Int, text: String) {
    #expect(MemorySize.format(bytes) == text)
  }
}
