/// Work on the command thread at its time.
public final class Timers {
  /// Names a timer, so that it can be cancelled.
  public struct Identifier: Hashable, Sendable {
    let number: UInt64
  }

  private struct Timer {
    let identifier: Identifier
    var due: Int64
    let interval: Int64?
    let work: (Server) -> Void
  }

  /// A binary heap by due time.
  private var heap: [Timer] = []
  private var cancelled: Set<Identifier> = []
  private var last: UInt64 = 0

  /// Runs `work` every `milliseconds`.
  @discardableResult
  public func addRepeating(milliseconds: Int, _ work: @escaping (Server) -> Void) -> Identifier {
    add(Int64(milliseconds), every: Int64(milliseconds), work)
  }

  /// Runs `work` once, `milliseconds` from now.
  @discardableResult
  public func add(milliseconds: Int64, _ work: @escaping (Server) -> Void) -> Identifier {
    add(milliseconds, every: nil, work)
  }

  /// Cancels a timer that has not run.
  public func cancel(_ identifier: Identifier) {
    cancelled.insert(identifier)
    // Cancelled timers must not pile up until they are due.
    if cancelled.count > 1024 && cancelled.count > heap.count / 2 {
      heap.removeAll { cancelled.contains($0.identifier) }
      heap.sort { $0.due < $1.due }
      cancelled.removeAll()
    }
  }

  private func add(_ delay: Int64, every interval: Int64?, _ work: @escaping (Server) -> Void) -> Identifier {
    last += 1
    let identifier = Identifier(number: last)
    push(Timer(identifier: identifier, due: Self.now().addingSaturated(delay), interval: interval, work: work))
    return identifier
  }

  static func now() -> Int64 { Clock.monotonicNanoseconds() / 1_000_000 }

  /// Milliseconds until the next timer is due; nil when there is none.
  var untilNext: Int? { heap.first.map { Int(max(0, $0.due - Self.now())) } }

  /// Runs what is due.
  func run(_ server: Server) {
    guard let first = heap.first else { return }
    let now = Self.now()
    if first.due > now { return }
    while let next = heap.first, next.due <= now {
      var timer = pop()
      if cancelled.remove(timer.identifier) != nil { continue }
      timer.work(server)
      if let interval = timer.interval {
        timer.due = max(timer.due + interval, Self.now())
        push(timer)
      }
    }
  }

  private func push(_ timer: Timer) {
    heap.append(timer)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      if heap[parent].due <= heap[index].due { break }
      heap.swapAt(parent, index)
      index = parent
    }
  }

  private func pop() -> Timer {
    heap.swapAt(0, heap.count - 1)
    let timer = heap.removeLast()
    var index = 0
    while true {
      var smallest = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].due < heap[smallest].due {
        smallest = child
      }
      if smallest == index { return timer }
      heap.swapAt(index, smallest)
      index = smallest
    }
  }
}
