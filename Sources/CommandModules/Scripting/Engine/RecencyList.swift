/// Who was used how long ago: a list in which each member has a slot.
struct RecencyList<Member> {
  private struct Node {
    var member: Member
    var older: Int
    var newer: Int
  }

  private var nodes: [Node?] = []
  private var ends = (oldest: 0, newest: 0)
  private var free: [Int] = []
  private(set) var count = 0

  /// The member that was used longest ago.
  var oldest: Member? { count == 0 ? nil : nodes[ends.oldest]?.member }

  /// Adds a member, as the newest one; returns its slot.
  mutating func add(_ member: Member) -> Int {
    let slot = free.popLast() ?? nodes.count
    if slot == nodes.count { nodes.append(nil) }
    nodes[slot] = Node(member: member, older: -1, newer: -1)
    link(slot)
    return slot
  }

  /// Removes the member at a slot, which another one may get.
  mutating func remove(_ slot: Int) {
    unlink(slot)
    nodes[slot] = nil
    free.append(slot)
  }

  /// The member at a slot was used just now.
  mutating func use(_ slot: Int) {
    if slot == ends.newest { return }
    unlink(slot)
    link(slot)
  }

  private mutating func link(_ slot: Int) {
    nodes[slot]?.older = count == 0 ? -1 : ends.newest
    nodes[slot]?.newer = -1
    if count == 0 { ends.oldest = slot } else { nodes[ends.newest]?.newer = slot }
    ends.newest = slot
    count += 1
  }

  private mutating func unlink(_ slot: Int) {
    guard let node = nodes[slot] else { return }
    if node.older < 0 { ends.oldest = node.newer } else { nodes[node.older]?.newer = node.newer }
    if node.newer < 0 { ends.newest = node.older } else { nodes[node.newer]?.older = node.older }
    count -= 1
  }
}
