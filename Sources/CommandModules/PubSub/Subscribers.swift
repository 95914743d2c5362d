import ServerKernel

/// The clients that are subscribed to one channel, or to one pattern.
final class Subscribers {
  /// The channel's name, or the pattern.
  let name: [UInt8]
  private(set) var clients: [Client] = []
  /// Where each client stands in `clients`, by its number: so that one of many leaves in constant time.
  private var positions: [UInt64: Int] = [:]

  init(_ name: [UInt8]) { self.name = name }

  var isEmpty: Bool { clients.isEmpty }

  func add(_ client: Client) {
    positions[client.id] = clients.count
    clients.append(client)
  }

  func remove(_ client: Client) {
    guard let position = positions.removeValue(forKey: client.id) else { return }
    let last = clients.removeLast()
    if last != client {
      clients[position] = last
      positions[last.id] = position
    }
  }
}

/// The patterns that have subscribers: walked for each message, found by their text when someone comes or leaves.
struct Patterns {
  private(set) var all: [Subscribers] = []
  /// Where each stands in `all`, so that one of many goes in constant time.
  private var positions: [[UInt8]: Int] = [:]

  subscript(name: [UInt8]) -> Subscribers? { positions[name].map { all[$0] } }

  mutating func add(_ pattern: Subscribers) {
    positions[pattern.name] = all.count
    all.append(pattern)
  }

  mutating func remove(_ pattern: Subscribers) {
    guard let position = positions.removeValue(forKey: pattern.name) else { return }
    let last = all.removeLast()
    if last !== pattern {
      all[position] = last
      positions[last.name] = position
    }
  }
}

/// What one client is subscribed to: names with the order in which it came to them.
final class Subscriptions {
  private(set) var names: [Kind: [[UInt8]: Int]] = [:]
  private var last = 0

  /// What a subscription is to.
  enum Kind: CaseIterable {
    case channel, pattern, shardChannel
  }

  func count(_ kind: Kind) -> Int { names[kind]?.count ?? 0 }

  /// False when it was there already.
  func insert(_ name: [UInt8], _ kind: Kind) -> Bool {
    if names[kind]?[name] != nil { return false }
    last += 1
    names[kind, default: [:]][name] = last
    return true
  }

  /// False when it was not there.
  func remove(_ name: [UInt8], _ kind: Kind) -> Bool { names[kind]?.removeValue(forKey: name) != nil }

  /// All names of a kind, the oldest first.
  func all(_ kind: Kind) -> [[UInt8]] { (names[kind] ?? [:]).sorted { $0.value < $1.value }.map(\.key) }
}
