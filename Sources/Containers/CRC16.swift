/// The CRC-16/XMODEM checksum of `bytes`: polynomial 0x1021, initial value 0, nothing reflected.
///
/// Without a table: a step costs as many dependent operations as a table lookup takes to
/// answer, and no cache lines. "123456789" gives 0x31C3. O(count).
public func crc16(_ bytes: borrowing Bytes) -> UInt16 {
  var crc: UInt16 = 0
  for index in 0..<bytes.count {
    crc = crc.byteSwapped ^ UInt16(bytes[index])
    crc ^= (crc & 0xff) &>> 4
    crc ^= crc &<< 12
    crc ^= (crc & 0xff) &<< 5
  }
  return crc
}

/// The Redis Cluster slot (0 to 16383) of `key`.
///
/// Only the hash tag counts, where there is one: the bytes between the first '{' and the
/// first '}' after it, unless there are none (Redis Cluster specification). O(count).
public func hashSlot(_ key: borrowing Bytes) -> Int {
  let open = key.firstIndex(of: UInt8(ascii: "{"), from: 0)
  if let open, let close = key.firstIndex(of: UInt8(ascii: "}"), from: open + 1), close > open + 1 {
    return Int(crc16(key[open + 1..<close]) & 0x3fff)
  }
  return Int(crc16(key) & 0x3fff)
}
