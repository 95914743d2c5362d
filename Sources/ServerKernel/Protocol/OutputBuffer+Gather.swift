// Unsafe: addresses of the parts of the output, for C's scattered writes.

import Containers
import Glibc

extension OutputBuffer {
  /// Lists the parts of the output that come next, as many as there is room for; returns how many.
  @unsafe
  func gather(into list: UnsafeMutableBufferPointer<iovec>) -> Int {
    var used = 0
    // What was sent ends within the first bytes of the buffer, or within the first lent string.
    var skipped = sent
    func add(_ start: UnsafeRawPointer?, _ count: Int) {
      let left = count - min(skipped, count)
      skipped -= count - left
      if left == 0 || used == list.count { return }
      unsafe list[used] = unsafe iovec(
        iov_base: UnsafeMutableRawPointer(mutating: start.unsafelyUnwrapped + (count - left)), iov_len: left)
      used += 1
    }
    let base = unsafe UnsafeRawPointer(buffer.baseAddress)
    var position = 0
    for part in lentParts {
      if used == list.count { return used }
      unsafe add(base.map { unsafe $0 + position }, part.position - position)
      unsafe add(part.string.start, part.string.count)
      position = part.position
    }
    unsafe add(base.map { unsafe $0 + position }, buffer.count - position)
    return used
  }
}
