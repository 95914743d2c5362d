/// TEMPORARY
@frozen
public struct KeyHash: Sendable {
  @usableFromInline let seed: UInt64
  public init(seed: UInt64) { self.seed = seed }
  @inlinable public func callAsFunction(_ key: borrowing Bytes) -> UInt64 {
    let p = unsafe key.baseAddress
    let n = key.count
    var a: UInt64 = 0, b: UInt64 = 0
    if n >= 8 {
      unsafe a = p.loadUnaligned(as: UInt64.self)
      unsafe b = p.loadUnaligned(fromByteOffset: n - 8, as: UInt64.self)
      var i = 8
      while i + 8 < n { let w = unsafe p.loadUnaligned(fromByteOffset: i, as: UInt64.self); let m = (a ^ w).multipliedFullWidth(by: 0x9e3779b97f4a7c15); a = m.high ^ m.low; i += 8 }
    } else { for i in 0..<n { a = a << 8 | UInt64(key[i]) } }
    let m = (a ^ seed).multipliedFullWidth(by: b ^ 0xe7037ed1a0b428db ^ UInt64(n))
    let r = (m.high ^ m.low ^ seed).multipliedFullWidth(by: 0x8ebc6af09c88c6e3)
    return r.high ^ r.low
  }
}
