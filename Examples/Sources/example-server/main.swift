import BagCommands
import GenericCommands
import Persistence
import ServerCommands
import ServerKernel
import StringCommands
import StringExtraCommands
import ThrottleCommands

/// A server with the modules that this application needs, and its own.
func run() -> Never {
  let server = Server(modules: [
    Strings.self, Generic.self, ServerModule.self, Persistence.self, Throttle.self, Bags.self, StringExtras.self,
  ])
  let arguments = ServerArguments.ofProcess
  arguments.answerAndExitIfAsked()
  server.run(arguments)
}

run()
