// Unsafe: see QuickList.swift.

extension QuickList {
  /// A part of a list that was cut out of it.
  public struct Part: ~Copyable {
    /// What was there.
    public let elements: QuickList
    /// The positions that the elements had.
    public let positions: Range<Int>

    /// Elements that are, or were, at these positions of another list.
    public init(_ elements: consuming QuickList, at positions: Range<Int>) {
      self.elements = elements
      self.positions = positions
    }

    /// Gives away the elements.
    public consuming func takeElements() -> QuickList { elements }
  }

  /// Cuts those nodes out that hold only elements at some positions; up to a node's elements may be left at either end.
  /// No element is looked at. O(nodes).
  public mutating func cutNodes(in range: Range<Int>) -> Part {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "quick list position out of range")
    if range.isEmpty { return Part(QuickList(), at: range) }
    expand()
    guard let state = unsafe state else { return Part(QuickList(), at: range) }
    let place = unsafe QuickListState.locate(range.lowerBound, state)
    var first = place.node
    var start = range.lowerBound
    if place.position > 0 {
      start += unsafe Int(QuickListState.node(state, first).pointee.count) - place.position
      first += 1
    }
    var last = first
    var end = start
    while last < nodeCount {
      let next = unsafe end + Int(QuickListState.node(state, last).pointee.count)
      if next > range.upperBound { break }
      end = next
      last += 1
    }
    if last == first { return Part(QuickList(), at: range.lowerBound..<range.lowerBound) }
    var capacity = 1
    while capacity < last - first { capacity *= 2 }
    let other = unsafe QuickListState.make(capacity: capacity)
    for number in first..<last {
      unsafe QuickListState.insert(QuickListState.node(state, number).pointee, at: number - first, other)
    }
    unsafe other.pointee.count = end - start
    unsafe state.pointee.count -= end - start
    unsafe self.state = unsafe QuickListState.remove(first..<last, state, freesBlocks: false)
    var nodes = QuickList()
    unsafe nodes.state = unsafe other
    return Part(nodes, at: start..<end)
  }
}
