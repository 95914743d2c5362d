import Containers
import ServerKernel

/// One message as bytes of the protocol, made once for all its receivers: an array in RESP2, a push in RESP3, which
/// differ in their first byte alone.
struct MessageWriter: ~Copyable {
  private var buffer = ByteBuffer()

  /// Begins a message: its kind, and how many parts follow.
  mutating func begin(_ kind: StaticString, parts: Int) {
    buffer.append(UInt8(ascii: "*"))
    buffer.append(decimal: Int64(parts + 1))
    buffer.append("\r\n")
    part(Bytes(kind))
  }

  mutating func part(_ bytes: borrowing Bytes) {
    buffer.append(UInt8(ascii: "$"))
    buffer.append(decimal: Int64(bytes.count))
    buffer.append("\r\n")
    buffer.append(bytes)
    buffer.append("\r\n")
  }

  mutating func part(_ number: Int) {
    buffer.append(UInt8(ascii: ":"))
    buffer.append(decimal: Int64(number))
    buffer.append("\r\n")
  }

  /// A missing name, in the client's protocol.
  mutating func null(_ client: Client) { buffer.append(client.isRESP3 ? "_\r\n" : "$-1\r\n") }

  mutating func send(to client: Client) {
    buffer[0] = client.isRESP3 ? UInt8(ascii: ">") : UInt8(ascii: "*")
    client.push(buffer.bytes)
  }

  /// Sends it to all of `clients`; returns how many they are.
  mutating func send(to clients: [Client]) -> Int {
    for client in clients where !client.isClosing { send(to: client) }
    return clients.count
  }
}
