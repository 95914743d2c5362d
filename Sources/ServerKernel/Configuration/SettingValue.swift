/// A value that fits a machine word, so that a `Setting` of it is read without a lock by any thread.
public protocol SettingValue: Sendable {
  init(settingWord: Int)
  var settingWord: Int { get }
}

extension Int: SettingValue {
  /// The value that a stored word stands for.
  /// The word that a `Setting` stores.
  @inlinable public init(settingWord: Int) { self = settingWord }
  @inlinable public var settingWord: Int { self }
}

extension Bool: SettingValue {
  /// The value that a stored word stands for.
  /// The word that a `Setting` stores.
  @inlinable public init(settingWord: Int) { self = settingWord != 0 }
  @inlinable public var settingWord: Int { self ? 1 : 0 }
}

/// A setting that is one of several names, such as `appendfsync always`.
public protocol SettingChoice: SettingValue, CaseIterable, RawRepresentable where RawValue == Int {
  /// The word that stands for the case in configuration files.
  var name: String { get }
}

extension SettingChoice {
  /// The value that a stored word stands for.
  @inlinable public init(settingWord: Int) {
    guard let choice = Self(rawValue: settingWord) else { preconditionFailure("a stored choice is always a case") }
    self = choice
  }
  /// The word that a `Setting` stores.
  @inlinable public var settingWord: Int { rawValue }
}

/// Whether clients may use a feature that could harm the server: `no`, `yes`, or those on this machine alone.
public enum ProtectedAction: Int, SettingChoice {
  case no, yes, local

  /// The word in configuration files.
  public var name: String {
    switch self {
    case .no: "no"
    case .yes: "yes"
    case .local: "local"
    }
  }

  /// Whether a client that is, or is not, on this machine may do it.
  public func allows(localClient: Bool) -> Bool {
    self == .yes || (self == .local && localClient)
  }
}
