/// Work on the command thread at its time.
public final class Timers {
  /// One timer, to be cancelled with.
  public final class Timer {
    fileprivate var due: Int64
    fileprivate let interval: Int64?
    fileprivate let work: (Server) -> Void
    /// Its place in the heap, -1 when it is not in there.
    fileprivate var index = -1

    fileprivate init(due: Int64, interval: Int64?, work: @escaping (Server) -> Void) {
      self.due = due
      self.interval = interval
      self.work = work
    }
  }

  /// A binary heap by due time.
  private var heap: [Timer] = []

  /// How many timers wait.
  var count: Int { heap.count }

  /// Runs `work` every `milliseconds`.
  @discardableResult
  public func addRepeating(milliseconds: Int, _ work: @escaping (Server) -> Void) -> Timer {
    add(Int64(milliseconds), every: Int64(milliseconds), work)
  }

  /// Runs `work` once, `milliseconds` from now.
  @discardableResult
  public func add(milliseconds: Int64, _ work: @escaping (Server) -> Void) -> Timer {
    add(milliseconds, every: nil, work)
  }

  /// Cancels a timer; nothing happens to one that has run or was cancelled. O(log n).
  public func cancel(_ timer: Timer) {
    if timer.index >= 0 { remove(at: timer.index) }
  }

  private func add(_ delay: Int64, every interval: Int64?, _ work: @escaping (Server) -> Void) -> Timer {
    // What nobody lives to see may be as far off as numbers go.
    let timer = Timer(due: Self.now().addingSaturated(delay), interval: interval, work: work)
    push(timer)
    return timer
  }

  static func now() -> Int64 { Clock.monotonicNanoseconds() / 1_000_000 }

  /// Milliseconds until the next timer is due; nil when there is none.
  var untilNext: Int? { heap.first.map { Int(max(0, $0.due - Self.now())) } }

  /// Runs what is due.
  func run(_ server: Server) {
    guard let first = heap.first else { return }
    let now = Self.now()
    if first.due > now { return }
    while let timer = heap.first, timer.due <= now {
      if let interval = timer.interval {
        timer.due = max(timer.due + interval, now + 1)
        sink(0)
      } else {
        remove(at: 0)
      }
      timer.work(server)
    }
  }

  private func push(_ timer: Timer) {
    timer.index = heap.count
    heap.append(timer)
    rise(timer.index)
  }

  /// The last timer takes the place of the one that leaves.
  private func remove(at index: Int) {
    heap[index].index = -1
    let last = heap.removeLast()
    if index == heap.count { return }
    heap[index] = last
    last.index = index
    rise(index)
    sink(index)
  }

  private func rise(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      if heap[parent].due <= heap[index].due { return }
      exchange(parent, index)
      index = parent
    }
  }

  private func sink(_ start: Int) {
    var index = start
    while true {
      var smallest = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].due < heap[smallest].due {
        smallest = child
      }
      if smallest == index { return }
      exchange(index, smallest)
      index = smallest
    }
  }

  private func exchange(_ first: Int, _ second: Int) {
    heap.swapAt(first, second)
    heap[first].index = first
    heap[second].index = second
  }
}
