import Containers

/// Whether `text` matches the glob-style `pattern`, in either case: `*`, `?`, `[a-z]`, `[^x]` and `\` as an escape.
///
/// On a mismatch it returns to the last `*` only, so it takes at most pattern times text steps.
func globMatches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
  var patternIndex = 0, textIndex = 0
  var retry: (pattern: Int, text: Int)?
  while textIndex < text.count {
    if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
      patternIndex += 1
      retry = (patternIndex, textIndex)
    } else if let next = matchOne(pattern, patternIndex, text[textIndex]) {
      patternIndex = next
      textIndex += 1
    } else if let (afterStar, start) = retry {
      patternIndex = afterStar
      textIndex = start + 1
      retry = (afterStar, start + 1)
    } else {
      return false
    }
  }
  return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
}

/// Matches one byte against the pattern element at `start`: the index after that element, or nil on a mismatch.
private func matchOne(_ pattern: [UInt8], _ start: Int, _ byte: UInt8) -> Int? {
  guard start < pattern.count else { return nil }
  let byte = asciiLowercase(byte)
  switch pattern[start] {
  case UInt8(ascii: "?"): return start + 1
  case UInt8(ascii: "["): return matchClass(pattern, start + 1, byte)
  case UInt8(ascii: "\\") where start + 1 < pattern.count:
    return asciiLowercase(pattern[start + 1]) == byte ? start + 2 : nil
  default: return asciiLowercase(pattern[start]) == byte ? start + 1 : nil
  }
}

/// Matches `byte` against the bracketed class whose content begins at `start`. An unclosed class ends with the pattern.
private func matchClass(_ pattern: [UInt8], _ start: Int, _ byte: UInt8) -> Int? {
  var index = start, isMatch = false
  let isNegated = index < pattern.count && pattern[index] == UInt8(ascii: "^")
  if isNegated { index += 1 }
  while index < pattern.count, pattern[index] != UInt8(ascii: "]") {
    if pattern[index] == UInt8(ascii: "\\"), index + 1 < pattern.count { index += 1 }
    let low = asciiLowercase(pattern[index])
    index += 1
    var high = low
    if index + 1 < pattern.count, pattern[index] == UInt8(ascii: "-") {
      high = asciiLowercase(pattern[index + 1])
      index += 2
    }
    if min(low, high)...max(low, high) ~= byte { isMatch = true }
  }
  return isMatch != isNegated ? min(index + 1, pattern.count) : nil
}
