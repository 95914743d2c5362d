import BagCommands
import FreezeCommands
import GenericCommands
import HashCommands
import HashExtraCommands
import HashMoveCommands
import Persistence
import ServerCommands
import ServerKernel
import StringCommands
import StringExtraCommands
import ThrottleCommands
import TransactionCommands

/// A server with the modules that this application needs, and its own.
func run() -> Never {
  let server = Server(modules: [
    Strings.self, Hashes.self, Generic.self, Transactions.self, ServerModule.self, Persistence.self, Throttle.self,
    Bags.self, StringExtras.self, HashExtras.self, HashMoves.self, Freeze.self,
  ])
  let arguments = ServerArguments.ofProcess
  arguments.answerAndExitIfAsked()
  server.run(arguments)
}

run()
