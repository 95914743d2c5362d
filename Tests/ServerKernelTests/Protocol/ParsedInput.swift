@testable import ServerKernel

/// What a connection's bytes come to: the requests, the error that ends them, and what is left for later.
struct ParsedInput: Equatable {
  var requests: [[[UInt8]]] = []
  var error: [UInt8]?
  var rest = 0

  /// Feeds `input` to the server's parser, cut at `cuts`, as the event loop does: requests are taken from the front,
  /// and the beginning of an incomplete one stays. Memory is exactly as large as what has arrived, so that a tool
  /// that watches memory sees every byte too far.
  init(_ input: [UInt8], cutAt cuts: [Int], _ limits: RequestLimits, _ parser: inout RequestParser) {
    var kept: [UInt8] = []
    var partial: PartialRequest?
    var start = 0
    for cut in cuts + [input.count] {
      kept += input[start..<cut]
      start = cut
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: kept.count, alignment: 1)
      defer { unsafe memory.deallocate() }
      unsafe memory.copyBytes(from: kept)
      guard var position = UnsafeRawPointer(memory.baseAddress) else { continue }
      let first = unsafe position
      let end = unsafe position + kept.count
      feeding: while unsafe position < end {
        do throws(ProtocolError) {
          let before = parser.count
          switch unsafe try parser.parse(position, end, partial, limits) {
          case .complete(let next, _):
            requests.append(
              (before..<parser.count).map {
                let argument = unsafe parser.arguments[$0]
                return unsafe Array(UnsafeRawBufferPointer(start: argument.start, count: argument.count))
              })
            partial = nil
            unsafe position = next
          case .incomplete(let state):
            partial = state
            break feeding
          }
        } catch {
          self.error = error.text
          requests.removeAll(where: \.isEmpty)
          parser.reset()
          return
        }
      }
      kept.removeFirst(unsafe min(position - first, kept.count))
      parser.reset()
    }
    rest = kept.count
    requests.removeAll(where: \.isEmpty)
  }

  /// What the protocol says about `input`, found the slow and plain way: a model of Redis' `networking.c`, with all
  /// of the input at hand. A NUL byte is one like any other, where Redis' search for the end of a line stops at it
  /// and never finds one.
  init(expectedFrom input: [UInt8], _ limits: RequestLimits) {
    var position = 0
    /// The number on the line after the mark at `position`, and where the next line begins.
    func number() -> (value: Int64?, next: Int)? {
      guard let end = input[position...].firstIndex(of: 13), end + 1 < input.count else { return nil }
      let text = String(decoding: input[position + 1..<end], as: UTF8.self)
      let value = Int64(text)
      return (value.map(String.init) == text ? value : nil, end + 2)
    }
    func request() -> (words: [[UInt8]]?, error: String?) {
      guard input[position] == UInt8(ascii: "*") else {
        guard let end = input[position...].firstIndex(of: 10) else { return (nil, nil) }
        var line = input[position..<end]
        if line.last == 13 { line.removeLast() }
        position = end + 1
        guard let words = splitArguments(Array(line)) else { return (nil, "unbalanced quotes in request") }
        return (words, nil)
      }
      guard let (value, next) = number() else { return (nil, nil) }
      guard let value, value <= Int64(Int32.max) else { return (nil, "invalid multibulk length") }
      if value > 10 && !limits.isAuthenticated { return (nil, "unauthenticated multibulk length") }
      let start = position
      position = next
      var words: [[UInt8]] = []
      while words.count < value {
        guard position < input.count else { break }
        let mark = input[position]
        if mark != UInt8(ascii: "$") {
          return (nil, "expected '$', got '\(Character(UnicodeScalar(mark)))'")
        }
        guard let (length, next) = number() else { break }
        guard let length, length >= 0, length <= limits.bulkLength else { return (nil, "invalid bulk length") }
        if length > 16384 && !limits.isAuthenticated { return (nil, "unauthenticated bulk length") }
        guard input.count - next >= Int(length) + 2 else { break }
        words.append(Array(input[next..<next + Int(length)]))
        position = next + Int(length) + 2
      }
      if words.count >= value { return (words, nil) }
      position = start
      return (nil, nil)
    }
    while position < input.count {
      let (words, error) = request()
      if let error {
        // One byte a character: the one that is quoted goes out as it came in.
        self.error = error.unicodeScalars.map { UInt8($0.value) }
        return
      }
      guard let words else { break }
      if !words.isEmpty { requests.append(words) }
    }
    rest = input.count - position
  }
}
