/// What keys take to be saved, for tests (`rdb-key-save-delay`).
public enum SaveDelay {
  /// Microseconds that it goes on after it has become pointless.
  private static let step = 10_000

  /// Has the calling thread wait for so many keys, of which each takes so many microseconds, or, where that is
  /// negative, one in so many of them; no longer than `isNeeded`.
  public static func wait(keys: Int, each delay: Int, while isNeeded: () -> Bool) {
    let (product, overflow) = keys.multipliedReportingOverflow(by: delay)
    var left = overflow ? .max : delay >= 0 ? product : keys / -delay
    while left > 0 && isNeeded() {
      Pause.microseconds(min(left, step))
      left -= step
    }
  }
}
