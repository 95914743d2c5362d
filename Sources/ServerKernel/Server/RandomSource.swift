import Containers

/// The server's source of chance for commands: xoshiro256** (Blackman and Vigna, 2018), seeded by the system.
///
/// Fast, and not for secrets. A handle that is free to copy: `var random = context.random`.
public struct RandomSource: RandomNumberGenerator {
  private let state: Place<(UInt64, UInt64, UInt64, UInt64)>

  init() {
    var system = SystemRandomNumberGenerator()
    // A state of all zeros would stay so.
    state = Place((system.next() | 1, system.next(), system.next(), system.next()))
  }

  /// 64 random bits.
  public func next() -> UInt64 {
    var (a, b, c, d) = state.value
    let product = b &* 5
    let result = (product &<< 7 | product &>> 57) &* 9
    let shifted = b &<< 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = d &<< 45 | d &>> 19
    state.value = (a, b, c, d)
    return result
  }
}

extension Context {
  /// Where commands take their random choices from.
  public var random: RandomSource { server.random }
}
