/// What a primary answers to PSYNC.
enum SynchronizationReply: Equatable {
  /// It sends the data set, behind which the stream of this name goes on.
  case full(name: String, offset: Int64)
  /// It would send the data set, but does not say rightly where the stream goes on.
  case malformed
  /// The stream goes on where it was; under this name, if it says one.
  case proceed(name: String?)
  /// It cannot now, and should be able to later.
  case notNow
  /// It does not know the command, or refuses it.
  case refused
  /// Nothing that PSYNC is answered with.
  case unknown

  /// Reads a line.
  init(_ line: String) {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    switch words.first {
    case "+FULLRESYNC":
      guard words.count == 3, Self.isName(words[1]), let offset = Int64(words[2]), offset >= 0 else {
        self = .malformed
        return
      }
      self = .full(name: String(words[1]), offset: offset)
    case "+CONTINUE": self = .proceed(name: words.count > 1 && Self.isName(words[1]) ? String(words[1]) : nil)
    case "-NOMASTERLINK", "-LOADING": self = .notNow
    default: self = line.hasPrefix("-") ? .refused : .unknown
    }
  }

  private static func isName(_ word: Substring) -> Bool { word.utf8.count == 40 }
}
