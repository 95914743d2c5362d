import ServerKernel

extension InfoSections {
  /// The order of what the module that keeps the data set on disk tells of it, and what holds without one.
  static func registerPersistence(in registry: Registry) {
    registry.addInfo("Persistence", group: "state") { info, server in
      info.field("loading", server.isLoading)
      info.field("async_loading", server.isLoadingBeside)
    }
    for group in ["snapshot", "dump", "append-only file"] {
      registry.addInfoStandIn("Persistence", group: group, [])
    }
    registry.addInfoStandIn(
      "Persistence", group: "modules", [("module_fork_in_progress", "0"), ("module_fork_last_cow_size", "0")])
    for group in ["append-only file's sizes", "loading"] {
      registry.addInfoStandIn("Persistence", group: group, [])
    }
  }
}
