import Containers
import ServerKernel

/// Changes of keys as messages: `__keyspace@<db>__:<key>` tells what happened, `__keyevent@<db>__:<event>` to which
/// key.
enum KeyspaceNotifications {
  static func publish(_ event: KeyspaceEvent, _ key: borrowing Bytes, _ database: Int, _ server: Server) {
    let broker = Broker.of(server)
    if broker.isIdle { return }
    let classes = server.settings.keyspaceEvents.value
    if classes.contains(.keyspace) {
      var channel = ByteBuffer()
      channel.append("__keyspace@")
      channel.append(decimal: Int64(database))
      channel.append("__:")
      channel.append(key)
      _ = broker.publish(channel.bytes, Bytes(event.name))
    }
    if classes.contains(.keyevent) {
      var channel = ByteBuffer()
      channel.append("__keyevent@")
      channel.append(decimal: Int64(database))
      channel.append("__:")
      channel.append(event.name)
      _ = broker.publish(channel.bytes, key)
    }
  }
}
