// Unsafe: the two cursors read through raw pointers, each read guarded by its own bound.

/// Whether `text` matches the glob `pattern`, byte by byte, as Redis 7.0 matches KEYS, SCAN,
/// CONFIG GET and PSUBSCRIBE patterns.
///
/// - `*` any run of bytes, `?` one byte, `\x` the byte x itself
/// - `[abc]`, `[a-z]`, `[^a]` one byte of (outside) a set. An unterminated set ends with the
///   pattern; the ends of a range may be swapped; bytes compare as signed, as C's `char` does
///   on x86; an escaped byte in a set never ignores case.
/// - An empty text matches only an empty pattern, not even `*`.
///
/// Only the last `*` reached is ever extended: where the rest of the pattern fails at every
/// position after it, a longer match of an earlier one cannot help. So the worst case is
/// O(pattern x text), without recursion.
public func globMatches(pattern: Bytes, _ text: Bytes, ignoringCase: Bool) -> Bool {
  // Redis enters its loop only while both have bytes left.
  if text.isEmpty { return pattern.isEmpty }
  var patternAt = 0
  var textAt = 0
  /// Where to resume after a mismatch: the pattern behind the last `*`, and the text it is tried at.
  var retryPattern = -1
  var retryText = 0
  while true {
    if textAt < text.count && patternAt < pattern.count {
      if unsafe pattern.byte(patternAt) == UInt8(ascii: "*") {
        while patternAt < pattern.count, unsafe pattern.byte(patternAt) == UInt8(ascii: "*") { patternAt += 1 }
        if patternAt == pattern.count { return true }
        retryPattern = patternAt
        retryText = textAt
        continue
      }
      let byte = unsafe text.byte(textAt)
      if matchesOne(pattern, &patternAt, byte, ignoringCase: ignoringCase) {
        textAt += 1
        continue
      }
    } else if textAt == text.count {
      while patternAt < pattern.count, unsafe pattern.byte(patternAt) == UInt8(ascii: "*") { patternAt += 1 }
      // Out of text: starting the rest of the pattern later only leaves it less.
      return patternAt == pattern.count
    }
    guard retryPattern >= 0 && retryText + 1 < text.count else { return false }
    retryText += 1
    textAt = retryText
    patternAt = retryPattern
  }
}

/// Matches `byte` against the pattern item at `position`, and moves `position` behind the item.
@inline(__always)
private func matchesOne(
  _ pattern: borrowing Bytes, _ position: inout Int, _ byte: UInt8, ignoringCase: Bool
) -> Bool {
  var item = unsafe pattern.byte(position)
  switch item {
  case UInt8(ascii: "?"):
    position += 1
    return true
  case UInt8(ascii: "["):
    position += 1
    return matchesSet(pattern, &position, byte, ignoringCase: ignoringCase)
  case UInt8(ascii: "\\") where position + 1 < pattern.count:
    position += 1
    item = unsafe pattern.byte(position)
  default: break
  }
  position += 1
  return item == byte || (ignoringCase && asciiLowercase(item) == asciiLowercase(byte))
}

/// Matches `byte` against the set whose '[' is just before `position`, and moves behind its ']'.
private func matchesSet(
  _ pattern: borrowing Bytes, _ position: inout Int, _ byte: UInt8, ignoringCase: Bool
) -> Bool {
  let end = pattern.count
  let isNegated = position < end ? unsafe pattern.byte(position) == UInt8(ascii: "^") : false
  if isNegated { position += 1 }
  var isMember = false
  while position < end {
    let item = unsafe pattern.byte(position)
    if item == UInt8(ascii: "\\") && position + 1 < end {
      position += 1
      if unsafe pattern.byte(position) == byte { isMember = true }
    } else if item == UInt8(ascii: "]") {
      position += 1
      break
    } else if position + 2 < end, unsafe pattern.byte(position + 1) == UInt8(ascii: "-") {
      let last = unsafe pattern.byte(position + 2)
      position += 2
      if isInRange(byte, item, last, ignoringCase: ignoringCase) { isMember = true }
    } else if item == byte || (ignoringCase && asciiLowercase(item) == asciiLowercase(byte)) {
      isMember = true
    }
    position += 1
  }
  return isMember != isNegated
}

/// Whether `byte` is between two ends given in either order. The order is settled before the
/// case is folded, so that `[Z-a]` is empty when case is ignored, as in Redis.
private func isInRange(_ byte: UInt8, _ first: UInt8, _ last: UInt8, ignoringCase: Bool) -> Bool {
  func ordinal(_ byte: UInt8) -> Int8 { Int8(bitPattern: ignoringCase ? asciiLowercase(byte) : byte) }
  let isSwapped = Int8(bitPattern: first) > Int8(bitPattern: last)
  let low = isSwapped ? last : first
  let high = isSwapped ? first : last
  return ordinal(low) <= ordinal(byte) && ordinal(byte) <= ordinal(high)
}

extension Bytes {
  /// The byte at `index`, which the caller keeps in range.
  @unsafe @inline(__always)
  fileprivate func byte(_ index: Int) -> UInt8 {
    unsafe baseAddress.load(fromByteOffset: index, as: UInt8.self)
  }
}
