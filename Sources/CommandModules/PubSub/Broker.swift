import Containers
import ServerKernel

/// Who is subscribed to what, and the delivery of messages.
///
/// A message costs one look-up of its channel and a match against every pattern; then each receiver costs a copy
/// of the finished message into its output.
final class Broker {
  typealias Kind = Subscriptions.Kind

  private var channels: [[UInt8]: Subscribers] = [:]
  private var shardChannels: [[UInt8]: Subscribers] = [:]
  private var patterns = Patterns()

  static func of(_ server: Server) -> Broker {
    guard let found = server.service(Broker.self) else { preconditionFailure("the module registers it") }
    return found
  }

  /// Whether a message could reach anyone.
  var isIdle: Bool { channels.isEmpty && patterns.all.isEmpty }

  // MARK: Subscriptions

  func subscribe(_ client: Client, to name: [UInt8], _ kind: Kind) {
    let own = client.attachment(Subscriptions.self, default: Subscriptions.init)
    guard own.insert(name, kind) else { return }
    subscribers(name, kind).add(client)
    countChanged(client, own)
  }

  /// False when the client was not subscribed.
  func unsubscribe(_ client: Client, from name: [UInt8], _ kind: Kind) {
    guard let own = client.attachment(Subscriptions.self), own.remove(name, kind) else { return }
    remove(client, name, kind)
    countChanged(client, own)
  }

  /// Forgets a client.
  func removeAll(_ client: Client) {
    guard let own = client.attachment(Subscriptions.self) else { return }
    for kind in Kind.allCases { for name in own.all(kind) { remove(client, name, kind) } }
    client.removeAttachment(Subscriptions.self)
    client.setSubscriptions(channels: 0, patterns: 0, shardChannels: 0)
  }

  private func subscribers(_ name: [UInt8], _ kind: Kind) -> Subscribers {
    switch kind {
    case .channel:
      if let found = channels[name] { return found }
      let made = Subscribers(name)
      channels[name] = made
      return made
    case .shardChannel:
      if let found = shardChannels[name] { return found }
      let made = Subscribers(name)
      shardChannels[name] = made
      return made
    case .pattern:
      if let found = patterns[name] { return found }
      let made = Subscribers(name)
      patterns.add(made)
      return made
    }
  }

  private func remove(_ client: Client, _ name: [UInt8], _ kind: Kind) {
    let subscribers = self.subscribers(name, kind)
    subscribers.remove(client)
    guard subscribers.isEmpty else { return }
    switch kind {
    case .channel: channels[name] = nil
    case .shardChannel: shardChannels[name] = nil
    case .pattern: patterns.remove(subscribers)
    }
  }

  private func countChanged(_ client: Client, _ own: Subscriptions) {
    client.setSubscriptions(
      channels: own.count(.channel), patterns: own.count(.pattern), shardChannels: own.count(.shardChannel))
  }

  /// What INFO shows.
  func describe(_ info: inout InfoWriter) {
    info.field("pubsub_channels", channels.count)
    info.field("pubsub_patterns", patterns.all.count)
    info.field("pubsubshard_channels", shardChannels.count)
  }

  // MARK: Messages

  /// Sends a message to all who are subscribed to its channel or to a pattern that matches it; returns to how many.
  func publish(_ channel: borrowing Bytes, _ message: borrowing Bytes) -> Int {
    if isIdle { return 0 }
    var receivers = 0
    if let subscribers = channels[channel.array] {
      var writer = MessageWriter()
      writer.begin("message", parts: 2)
      writer.part(channel)
      writer.part(message)
      receivers += writer.send(to: subscribers.clients)
    }
    for subscribers in patterns.all {
      let pattern = subscribers.name
      guard globMatches(pattern: pattern.bytes, channel, ignoringCase: false) else { continue }
      var writer = MessageWriter()
      writer.begin("pmessage", parts: 3)
      writer.part(pattern.bytes)
      writer.part(channel)
      writer.part(message)
      receivers += writer.send(to: subscribers.clients)
    }
    return receivers
  }

  /// As `publish`, in the name space of shard channels.
  func publishShard(_ channel: borrowing Bytes, _ message: borrowing Bytes) -> Int {
    guard let subscribers = shardChannels[channel.array] else { return 0 }
    var writer = MessageWriter()
    writer.begin("smessage", parts: 2)
    writer.part(channel)
    writer.part(message)
    return writer.send(to: subscribers.clients)
  }

  // MARK: PUBSUB

  var patternCount: Int { patterns.all.count }

  func subscriberCount(_ name: [UInt8], _ kind: Kind) -> Int {
    (kind == .shardChannel ? shardChannels[name] : channels[name])?.clients.count ?? 0
  }

  /// Channels that have subscribers and match `pattern`, all when it is nil.
  func names(_ kind: Kind, matching pattern: [UInt8]?) -> [[UInt8]] {
    let names = (kind == .shardChannel ? shardChannels : channels).keys
    guard let pattern else { return Array(names) }
    return names.filter { globMatches(pattern: pattern.bytes, $0.bytes, ignoringCase: false) }
  }
}
