import CVector

/// The vector instructions of this machine that not every one of its kind has.
enum VectorUnit {
  /// Whether the functions of `CVector` may be called. Whoever calls them has portable code for where they may not.
  static let isAvailable = cvector_is_available() != 0
}
