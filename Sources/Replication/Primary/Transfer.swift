import Containers
import RDB
import ServerKernel

/// The data set on its way to one replica or several.
protocol Transfer: AnyObject {
  /// Whether the data set ends with a mark, as its length is not known beforehand.
  var endsWithMark: Bool { get }
  /// Whether it is being sent; otherwise it is still being written to a file.
  var isPrepared: Bool { get }
  /// Gives `body` what follows `position` bytes of the transfer; nothing when it is not there yet, or no more comes.
  func withBytes(for replica: ConnectedReplica, from position: Int, _ body: (borrowing Bytes) -> Int) -> Int
  /// The replica has been sent more.
  func didSend(to replica: ConnectedReplica)
  /// Whether that many bytes are all there is.
  func isSent(upTo position: Int) -> Bool
  /// The replica needs nothing more, or has gone.
  func leave(_ replica: ConnectedReplica)
  /// Nobody is to be sent anything more.
  func cancel()
}

/// Parts of the data set that a replica asks for instead of all of it.
enum TransferFilter {
  /// Nothing but what a file begins with.
  case nothing
  /// What is no key.
  case functions
}
