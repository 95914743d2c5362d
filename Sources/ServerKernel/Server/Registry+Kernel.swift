extension Registry {
  /// The kernel's own parameters.
  func registerKernel() {
    let server = self.server
    do {
      let changed = { [unowned server] in server.settingsChanged() }
      try server.settings.register(in: server.configuration, onChange: changed)
      try server.memorySettings.register(in: server.configuration, onChange: changed)
      try server.loop.listeners.register(in: server.configuration, server.loop)
      try server.loop.threads.register(in: server.configuration)
      try server.configuration.register(Log.parameters + ProcessParameters.all)
      try server.configuration.register([
        ProcessTitle.template.parameter { [unowned server] () throws(ConfigurationError) in server.showTitle() }
      ])
      try server.configuration.register(server.renameDirective)
    } catch {
      Log.warning("Cannot start: \(error.message)")
      FileSystem.exit(1)
    }
  }
}
