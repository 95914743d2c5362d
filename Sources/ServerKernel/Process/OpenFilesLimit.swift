// Unsafe here: getrlimit(2) and setrlimit(2) take the address of a structure of this function's own frame.
import Glibc

/// How many files the process may have open, which bounds how many clients it can serve.
public enum OpenFilesLimit {
  /// Files kept for the server's own use: listeners, data files, the log.
  public static let reservedCount = 32

  /// As `adjust`; ends the process where the system would allow no client at all.
  public static func adjustOrExit(forClients clientCountMax: Int) -> Int {
    let allowed = adjust(forClients: clientCountMax)
    if allowed > 0 { return allowed }
    Log.warning(
      "Your current 'ulimit -n' of \(allowed + reservedCount) is not enough for the server to start. "
        + "Please increase your open file limit to at least \(clientCountMax + reservedCount). Exiting.")
    exit(1)
  }

  /// Raises the limit as far as `clientCountMax` clients need, and returns how many clients it allows: that many, or
  /// fewer where the system allows no more files.
  public static func adjust(forClients clientCountMax: Int) -> Int {
    let needed = rlim_t(clientCountMax + reservedCount)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else {
      Log.warning(
        "Unable to obtain the current NOFILE limit (\(SystemError.last.text)), assuming 1024 and setting the max "
          + "clients configuration accordingly.")
      return 1024 - reservedCount
    }
    let old = limit.rlim_cur
    if old >= needed { return clientCountMax }
    if let error = raise(to: needed) {
      // Past the hard limit only the superuser gets; up to it everyone.
      let best = limit.rlim_max > old && raise(to: min(limit.rlim_max, needed), keepingHardLimit: true) == nil
        ? min(limit.rlim_max, needed) : old
      return reduced(from: clientCountMax, needed: needed, best: best, error)
    }
    Log.notice("Increased maximum number of open files to \(needed) (it was originally set to \(old)).")
    return clientCountMax
  }

  private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

  private static func raise(to count: rlim_t, keepingHardLimit: Bool = false) -> SystemError? {
    var limit = rlimit(rlim_cur: count, rlim_max: count)
    if keepingHardLimit {
      unsafe getrlimit(resource, &limit)
      limit.rlim_cur = count
    }
    return unsafe setrlimit(resource, &limit) == 0 ? nil : .last
  }

  private static func reduced(
    from clientCountMax: Int, needed: rlim_t, best: rlim_t, _ error: SystemError
  ) -> Int {
    if best >= needed { return clientCountMax }
    let reduced = Int(best) - reservedCount
    if reduced <= 0 { return reduced }
    Log.warning("You requested maxclients of \(clientCountMax) requiring at least \(needed) max file descriptors.")
    Log.warning("Server can't set maximum open files to \(needed) because of OS error: \(error.text).")
    Log.warning(
      "Current maximum open files is \(best). maxclients has been reduced to \(reduced) to compensate for low "
        + "ulimit. If you need higher maxclients increase 'ulimit -n'.")
    return reduced
  }
}
