import Containers
import ServerKernel

/// A file that is read while another server sends it.
public protocol ArrivingFile: AnyObject {
  /// Waits for the next bytes and adds them to a buffer; throws when none will come.
  func receive(into buffer: inout ByteBuffer) throws(ElementError)
  /// Takes back what was received behind the end of the file.
  func giveBack(_ bytes: borrowing Bytes)
}
