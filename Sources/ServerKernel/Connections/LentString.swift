// Unsafe: an address of a stored string's block, which belongs to the value or, once that lets go of it, to the loan.

import Containers

/// The memory of a large string that is read where it lies: a stored one that replies are sent from, an argument that
/// becomes a stored one. Neither is copied.
///
/// It belongs to the stored value, or to this loan, and lives as long as one of them. Whoever is about to change or
/// free a stored string that is lent leaves its memory to the loan: what a reply sends is what the string was when the
/// command ran, however late the client takes it.
@safe
final class LentString {
  private(set) var start: UnsafeRawPointer
  let count: Int
  private var lentStrings: LentStrings?
  /// The memory, while it belongs to the loan.
  private var owned = ByteBuffer()

  /// A loan of memory that belongs to a value.
  fileprivate init(_ bytes: borrowing Bytes, _ lentStrings: LentStrings) {
    unsafe start = bytes.baseAddress
    count = bytes.count
    self.lentStrings = lentStrings
  }

  /// Takes memory that belongs to nobody else, which is not empty; the buffer is left so.
  init(taking buffer: inout ByteBuffer) {
    unsafe start = UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped)
    count = buffer.count
    swap(&buffer, &owned)
  }

  deinit { unsafe lentStrings?.end(UInt(bitPattern: start), isOwned: !owned.isEmpty) }

  fileprivate func join(_ lentStrings: LentStrings) { self.lentStrings = lentStrings }

  /// Exchanges the memory with a value's: that of one of the two.
  fileprivate func exchange(with buffer: inout ByteBuffer) { swap(&buffer, &owned) }

  /// Goes on with a copy; the memory stays with the value.
  fileprivate func separate() {
    owned.append(unsafe Bytes(unsafeStart: start, count: count))
    unsafe start = UnsafeRawPointer(owned.baseAddress.unsafelyUnwrapped)
  }
}

/// Which strings are lent, by the address of their memory.
final class LentStrings {
  private struct Loan { unowned let string: LentString }
  /// Those whose memory belongs to a value.
  private var stored: [UInt: Loan] = [:]
  /// Arguments, which a value may take.
  private var held: [UInt: Loan] = [:]

  /// Whether no value's memory is lent.
  var isEmpty: Bool { stored.isEmpty }

  /// A loan of a stored string that has a block of its own.
  func lend(_ bytes: borrowing Bytes) -> LentString {
    let address = UInt(bitPattern: unsafe bytes.baseAddress)
    if let loan = stored[address] { return loan.string }
    let string = LentString(bytes, self)
    stored[address] = Loan(string: string)
    return string
  }

  /// A large argument, whose memory a value may take from now on.
  func hold(_ string: LentString) {
    string.join(self)
    held[UInt(bitPattern: unsafe string.start)] = Loan(string: string)
  }

  /// The memory of a large argument, for the value that it becomes; nil when these bytes are not such a one, whole.
  func take(_ bytes: borrowing Bytes) -> ByteBuffer? {
    let address = UInt(bitPattern: unsafe bytes.baseAddress)
    guard let loan = held[address], loan.string.count == bytes.count else { return nil }
    held[address] = nil
    stored[address] = loan
    var buffer = ByteBuffer()
    loan.string.exchange(with: &buffer)
    return buffer
  }

  fileprivate func end(_ address: UInt, isOwned: Bool) {
    if isOwned { held[address] = nil } else { stored[address] = nil }
  }

  /// The string in `buffer` is about to go: if it is lent, the loan keeps the memory, and the buffer is empty.
  func willFree(_ buffer: inout ByteBuffer) {
    guard let loan = stored.removeValue(forKey: UInt(bitPattern: unsafe buffer.baseAddress)) else { return }
    loan.string.exchange(with: &buffer)
  }

  /// The string in `buffer` is about to be edited: if it is lent, it goes on in a copy.
  func willEdit(_ buffer: inout ByteBuffer) {
    guard let loan = stored.removeValue(forKey: UInt(bitPattern: unsafe buffer.baseAddress)) else { return }
    var copy = ByteBuffer()
    copy.append(buffer.bytes)
    loan.string.exchange(with: &buffer)
    swap(&buffer, &copy)
  }

  /// Any value may be freed, on another thread perhaps: those of them that are lent are copied.
  func willFreeAny() {
    for loan in stored.values { loan.string.separate() }
    stored = [:]
  }
}
