import ServerKernel

extension Context {
  /// Bytes that a string may have, by `proto-max-bulk-len`; but what was journaled was allowed once.
  var stringCountMax: Int { origin.mustBeObeyed ? .max : server.settings.maxBulkLength.value }
}

extension Call {
  /// The argument as the number of a bit in a string of at most `stringCountMax` bytes. With a `width` it may be `#n`
  /// for the nth field of so many bits.
  func bitOffset(_ index: Int, width: Int? = nil, stringCountMax: Int) throws(CommandError) -> Int {
    let argument = self[index]
    var offset: Int?
    if let width, argument.count > 0, argument[0] == UInt8(ascii: "#") {
      if let number = argument[1..<argument.count].integer {
        let (product, overflow) = Int(number).multipliedReportingOverflow(by: width)
        if !overflow { offset = product }
      }
    } else if let number = argument.integer {
      offset = Int(number)
    }
    // A field that begins below this may end above it, but not past what can be counted.
    guard let offset, offset >= 0, offset >> 3 < stringCountMax, offset <= Int.max - 64 else {
      throw .literal("ERR bit offset is not an integer or out of range")
    }
    return offset
  }
}
