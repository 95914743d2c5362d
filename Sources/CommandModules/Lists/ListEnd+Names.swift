import ListValues
import ServerKernel

extension ListEnd {
  var name: StaticString { self == .left ? "left" : "right" }

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
