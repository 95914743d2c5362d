import Glibc
import Synchronization
import Testing

@testable import Containers

/// What one thread hands to another arrives, whole, once and in order, and nobody sleeps through it.
@Suite struct HandoverTests {
  private final class Item {
    let number: Int
    static let alive = Atomic<Int>(0)

    init(_ number: Int) {
      self.number = number
      Self.alive.add(1, ordering: .relaxed)
    }

    deinit { Self.alive.subtract(1, ordering: .relaxed) }
  }

  @Test func aQueueTakesWhatItHasRoomFor() {
    let queue = HandoverQueue<Int>(capacity: 4)
    #expect(queue.isEmpty && queue.take() == nil)
    for round in 0..<10 {
      for number in 0..<4 { #expect(queue.add(round * 4 + number)) }
      #expect(!queue.add(-1) && !queue.isEmpty)
      for number in 0..<4 { #expect(queue.take() == round * 4 + number) }
      #expect(queue.isEmpty && queue.take() == nil)
    }
  }

  @Test func aQueueFreesWhatNobodyTook() {
    do {
      let queue = HandoverQueue<Item>(capacity: 8)
      for number in 0..<6 { _ = queue.add(Item(number)) }
      for number in 0..<2 { #expect(queue.take()?.number == number) }
      #expect(Item.alive.load(ordering: .relaxed) == 4)
    }
    #expect(Item.alive.load(ordering: .relaxed) == 0)
  }

  /// Each waits for the other again and again: one wake that got lost would be the end of it.
  @Test(.timeLimit(.minutes(2))) func whoSleepsIsWoken() {
    let rounds = 30_000
    let there = Channel(), back = Channel()
    let thread = TestThread {
      for _ in 0..<rounds { back.send(there.receive() * 2) }
    }
    var isRight = true
    for number in 0..<rounds {
      there.send(number)
      if back.receive() != number * 2 { isRight = false }
    }
    thread.join()
    #expect(isRight)
  }

  @Test(.timeLimit(.minutes(2))) func itemsArriveInOrder() {
    let count = 30_000
    let channel = Channel()
    let thread = TestThread { for number in 0..<count { channel.send(number) } }
    var inOrder = 0
    for number in 0..<count where channel.receive() == number { inOrder += 1 }
    thread.join()
    #expect(inOrder == count)
  }

  /// A queue whose reader sleeps while there is nothing, and whose writer waits while it is full.
  private final class Channel: Sendable {
    private let queue = HandoverQueue<Int>(capacity: 16)
    private let flag = WakeFlag()
    private let semaphore = Semaphore()

    func send(_ number: Int) {
      while !queue.add(number) { sched_yield() }
      if flag.mustWake() { semaphore.post() }
    }

    func receive() -> Int {
      while true {
        if let number = queue.take() { return number }
        flag.raise()
        if queue.isEmpty || !flag.lower() { semaphore.wait() }
      }
    }
  }
}

/// Lists of what is never copied.
@Suite struct SlotListTests {
  private struct Token: ~Copyable {
    let number: Int
    let ended: (Int) -> Void
    deinit { ended(number) }
  }

  @Test func eachElementEndsOnce() {
    var ended: [Int] = []
    do {
      var list = SlotList<Token>(capacity: 4)
      #expect(list.isEmpty && list.capacity == 4)
      for number in 0..<4 { list.append(Token(number: number) { ended.append($0) }) }
      #expect(list.isFull && list[2].number == 2)
      do {
        let last = list.removeLast()
        #expect(last.number == 3 && list.count == 3 && ended.isEmpty)
      }
      #expect(ended == [3])
      list.removeAll()
      #expect(ended.sorted() == [0, 1, 2, 3] && list.isEmpty)
      list.append(Token(number: 4) { ended.append($0) })
    }
    #expect(ended.last == 4 && ended.count == 5)
  }
}
