// Unsafe: addresses of the parts of the output, for C's scattered writes.

import Containers
import Glibc

extension OutputBuffer {
  /// Lists the parts of the output that come next, as many as there is room for; returns how many.
  @unsafe
  func gather(into list: UnsafeMutableBufferPointer<iovec>) -> Int {
    var used = 0
    var position = sentParts == 0 ? 0 : lentParts[sentParts - 1].position
    // What was sent ends within the bytes before the next lent string, or within that.
    var skipped = sent - position - sentLentBytes
    func add(_ start: UnsafeRawPointer?, _ count: Int) {
      let left = count - min(skipped, count)
      skipped -= count - left
      if left == 0 || used == list.count { return }
      unsafe list[used] = unsafe iovec(
        iov_base: UnsafeMutableRawPointer(mutating: start.unsafelyUnwrapped + (count - left)), iov_len: left)
      used += 1
    }
    let base = unsafe UnsafeRawPointer(buffer.baseAddress)
    for part in lentParts[sentParts...] {
      if used == list.count { return used }
      unsafe add(base.map { unsafe $0 + position }, part.position - position)
      unsafe add(part.string.start, part.string.count)
      position = part.position
    }
    unsafe add(base.map { unsafe $0 + position }, buffer.count - position)
    return used
  }
}
