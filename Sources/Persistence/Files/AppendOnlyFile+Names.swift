import Glibc
import ServerKernel

// The files that come next. One that is there already and holds anything belongs to someone, though no manifest names
// it: its number is passed over.
extension AppendOnlyFile {
  /// The base that takes the place of the present one.
  func nextBase() throws(SystemError) -> Manifest.Entry {
    let format = settings.usesPreamble.value ? "rdb" : "aof"
    return try next(after: manifest.base) { number in
      Manifest.Entry(name: "\(settings.prefix).\(number).base.\(format)", sequence: number, kind: .base)
    }
  }

  /// The file that comes after the last incremental one.
  func nextIncremental() throws(SystemError) -> Manifest.Entry {
    try next(after: manifest.incremental.last) { number in
      Manifest.Entry(name: "\(settings.prefix).\(number).incr.aof", sequence: number, kind: .incremental)
    }
  }

  private func next(
    after last: Manifest.Entry?, _ entry: (Int) -> Manifest.Entry
  ) throws(SystemError) -> Manifest.Entry {
    var number = last?.sequence ?? 0
    while true {
      let (following, overflow) = number.addingReportingOverflow(1)
      if overflow { throw SystemError(code: EOVERFLOW) }
      number = following
      let next = entry(number)
      if !Paths.holdsAnything(settings.path(next.name)) { return next }
      Log.warning("The AOF manifest does not name the file \(next.name). It is left as it is.")
    }
  }
}
