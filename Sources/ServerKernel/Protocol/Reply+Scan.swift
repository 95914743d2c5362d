import Containers

extension Reply {
  /// Completes the reply of SCAN and its relatives, a pair of cursor and array: the elements follow `deferred`, an
  /// array of `count`; what stands before them is written now that the cursor is known.
  public func finishScan(_ deferred: DeferredArray, cursor: UInt64, count: Int) {
    finish(deferred, count: count)
    let text = DecimalText(cursor)
    var header = ByteBuffer()
    header.append("*2\r\n$")
    header.append(decimal: Int64(text.count))
    header.append("\r\n")
    header.append(text.bytes)
    header.append("\r\n")
    insert(header.bytes, at: deferred.position)
  }
}
