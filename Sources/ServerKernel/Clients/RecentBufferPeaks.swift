/// The largest buffers of their own that clients had in the last seconds: noted where one is kept beyond a tick, so
/// that clients without cost nothing.
struct RecentBufferPeaks {
  private static let seconds: Int64 = 8
  private var slots = [(second: Int64, input: Int, output: Int)](repeating: (0, 0, 0), count: Int(Self.seconds))

  mutating func note(_ client: Client, second: Int64) {
    let slot = Int(second % Self.seconds)
    if slots[slot].second != second { slots[slot] = (second, 0, 0) }
    slots[slot].input = max(slots[slot].input, client.place.value.connection.inputMemory)
    slots[slot].output = max(slots[slot].output, client.place.value.output.buffer.capacity)
  }

  func largest(now second: Int64) -> (input: Int, output: Int) {
    let recent = slots.filter { $0.second > second - Self.seconds }
    return (recent.map(\.input).max() ?? 0, recent.map(\.output).max() ?? 0)
  }
}
