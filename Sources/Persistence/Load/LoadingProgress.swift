import ServerKernel

/// Tells of a load that takes long: INFO, the log, and clients that connect meanwhile.
struct LoadingProgress {
  private let owner: AppendOnlyFile
  /// What the log calls the file.
  private let file: String
  /// Nil while nobody knows it.
  private let size: Int?
  /// Bytes of files that were loaded before.
  private let before: Int
  private var nextLine = Self.bytesPerLine
  private var nextService: Int

  /// Bytes between two lines of progress in the log.
  private static let bytesPerLine = 256 << 20

  init(_ owner: AppendOnlyFile, file: String, size: Int?, loadedBefore: Int = 0) {
    self.owner = owner
    self.file = file
    self.size = size
    before = loadedBefore
    nextService = owner.settings.bytesPerService.value
  }

  /// The load has come to this offset of the file.
  mutating func reached(_ offset: Int) {
    owner.loadedBytes = before + offset
    if offset >= nextService {
      nextService = offset + owner.settings.bytesPerService.value
      owner.server.serveWhileLoading()
    }
    if offset >= nextLine {
      nextLine = offset + Self.bytesPerLine
      Log.notice("Loading the \(file): \(offset >> 20)\(size.map { " of \($0 >> 20)" } ?? "") MB")
    }
  }
}

/// Times in the log.
enum Duration {
  /// Seconds since a moment of the monotonic clock, with three digits behind the point.
  static func text(since start: Int64) -> String {
    let milliseconds = (Clock.monotonicNanoseconds() - start) / 1_000_000
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
