import Glibc

// The C library's functions, for code that does not import it: the last bit of what they return shows in replies.
extension Double {
  /// The sine of an angle in radians.
  public var sine: Double { sin(self) }

  /// The cosine of an angle in radians.
  public var cosine: Double { cos(self) }

  /// The angle in radians whose sine this is.
  public var arcSine: Double { asin(self) }

  /// The angle in radians of the direction from the origin to (`x`, this), from -pi to pi.
  public func arcTangent(over x: Double) -> Double { atan2(self, x) }
}
