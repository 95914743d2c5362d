/// Clients in the order in which they came. Joining is O(1), leaving O(log n), from anywhere in the queue.
struct ClientQueue {
  private struct Place {
    let ticket: UInt64
    /// Nil when the client has left.
    var client: Client?
  }

  /// By ascending tickets.
  private var places: [Place] = []
  /// The first place that is taken.
  private var first = 0
  private var lastTicket: UInt64 = 0
  /// How many clients wait.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// The client that came last, unless it has left.
  var last: Client? { places.last?.client }

  /// Adds a client at the end; it leaves with the ticket that is returned, which is never 0.
  mutating func append(_ client: Client) -> UInt64 {
    lastTicket += 1
    places.append(Place(ticket: lastTicket, client: client))
    count += 1
    return lastTicket
  }

  mutating func remove(_ ticket: UInt64) {
    let index = self.index(of: ticket)
    guard index < places.count, places[index].ticket == ticket, places[index].client != nil else { return }
    places[index].client = nil
    count -= 1
    while first < places.count && places[first].client == nil { first += 1 }
    if count * 2 < places.count && places.count > 16 || count == 0 {
      places.removeAll { $0.client == nil }
      first = 0
    }
  }

  /// The first client whose ticket is above `ticket`: 0 for the one that came first.
  func next(after ticket: UInt64) -> (ticket: UInt64, client: Client)? {
    var index = max(first, self.index(of: ticket + 1))
    while index < places.count {
      if let client = places[index].client { return (places[index].ticket, client) }
      index += 1
    }
    return nil
  }

  /// The first place whose ticket is not below `ticket`.
  private func index(of ticket: UInt64) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].ticket < ticket { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
