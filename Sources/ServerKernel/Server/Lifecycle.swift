/// From the start to the shutdown: what modules do then, and what they tell of themselves.
final class Lifecycle {
  /// Unix seconds.
  let startedAt = Clock.unixMicroseconds() / 1_000_000
  let runIdentifier = RunIdentifier.make()
  var startHooks: [(Server) -> Void] = []
  /// Loads the data set at start.
  var loadHook: ((Server) -> Void)?
  /// Writes the data set and loads it back.
  var reloadHook: ((ReloadKind, Server) -> String?)?
  /// Called when a command has removed all keys.
  var flushHooks: [(Server) -> Void] = []
  var shutdownHooks: [(ShutdownOptions, Server) -> Bool] = []
  /// A request to shut down that the loop honours at the end of the tick.
  var requestedShutdown: ShutdownOptions?
  var signalDescriptor: Int32 = -1
  /// Tells what is known of files.
  var persistenceStatus: (() -> PersistenceStatus)?
  /// Whether this server follows a primary.
  var isReplica = false
  var ignoresMemoryLimit = false
  /// Tells where in the stream of effects the data set is.
  var streamPosition: (() -> StreamPosition?)?
  /// Objects of modules, by type.
  var services: [ObjectIdentifier: AnyObject] = [:]
}
