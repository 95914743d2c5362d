import Containers
import ServerKernel

/// An end of a list.
enum ListEnd {
  case left, right

  var name: StaticString { self == .left ? "left" : "right" }

  /// The events of adding and removing an element there.
  var pushEvent: KeyspaceEvent { .list(self == .left ? "lpush" : "rpush") }
  var popEvent: KeyspaceEvent { .list(self == .left ? "lpop" : "rpop") }

  /// The command that removes elements there: what popping commands are journaled as.
  var popName: StaticString { self == .left ? "LPOP" : "RPOP" }
}

extension Call {
  /// The end that an argument names.
  func listEnd(_ index: Int) throws(CommandError) -> ListEnd {
    if matches(index, "RIGHT") { return .right }
    if matches(index, "LEFT") { return .left }
    throw .syntax
  }
}
