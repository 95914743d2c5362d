import Containers
import ServerKernel

// The directives that govern how lists are kept.
extension ListValue {
  /// How large the nodes of lists get: -1 to -5 for 4 to 64 KB, else a number of elements.
  static let nodeSize = Setting(
    "list-max-listpack-size", default: -2, range: Int(Int32.min)...Int(Int32.max), aliases: ["list-max-ziplist-size"])

  /// Nodes at either end that Redis leaves uncompressed; accepted without effect.
  static let compressDepth = Setting("list-compress-depth", default: 0, range: 0...Int(Int32.max))

  /// How large nodes get at present.
  static var limit: QuickList.NodeLimit { QuickList.NodeLimit(nodeSize.value) }
}
