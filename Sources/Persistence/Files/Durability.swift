/// How much of what the append-only file was given is on disk, for those who wait for that.
public final class Durability {
  /// Whether there is an append-only file, or will be when its first rewrite is done.
  public internal(set) var isKept = false
  /// Up to where all of it is on disk (`Journal.fileEnd`); nil while the files do not hold the data set.
  public private(set) var end: Int64?
  /// Called when more is on disk.
  public var whenAdvanced: [() -> Void] = []

  /// How far it was synced, whether the files hold the data set or not.
  private var synced: Int64 = 0

  /// What was given up to here is in a file that was synced.
  func advance(to position: Int64) {
    synced = max(synced, position)
    guard let end, synced > end else { return }
    self.end = synced
    for body in whenAdvanced { body() }
  }

  /// Whether the files hold the data set, apart from what is not synced.
  func setHolding(_ isHolding: Bool) {
    end = isHolding ? synced : nil
    if isHolding { for body in whenAdvanced { body() } }
  }
}
