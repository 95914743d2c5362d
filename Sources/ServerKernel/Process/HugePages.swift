import CLinux
import Containers

/// Whether the data set lies in huge pages: the directive `disable-thp`.
///
/// Redis keeps out of them by default, for the sake of its forks. There are none here, but a huge page is cleared
/// as a whole when it is first touched: while the data set grows, that holds every client up. Where lookups per
/// second count for more than the slowest of them, `no` has the data set in huge pages.
enum HugePages {
  static let areDisabled = Setting<Bool>("disable-thp", default: true, flags: .immutable)

  /// Carries the directive out; before the data set is loaded.
  static func configure() {
    if !areDisabled.value {
      AddressSpace.usesHugePages.store(true, ordering: .relaxed)
    } else if clinux_disable_huge_pages() != 0 {
      Log.warning("Cannot disable transparent huge pages for this process: \(SystemError.last.text)")
    }
  }
}
