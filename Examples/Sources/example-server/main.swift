import BagCommands
import GenericCommands
import HashCommands
import HashExtraCommands
import Persistence
import ServerCommands
import ServerKernel
import StringCommands
import StringExtraCommands
import ThrottleCommands

/// A server with the modules that this application needs, and its own.
func run() -> Never {
  let server = Server(modules: [
    Strings.self, Hashes.self, Generic.self, ServerModule.self, Persistence.self, Throttle.self, Bags.self,
    StringExtras.self, HashExtras.self,
  ])
  let arguments = ServerArguments.ofProcess
  arguments.answerAndExitIfAsked()
  server.run(arguments)
}

run()
