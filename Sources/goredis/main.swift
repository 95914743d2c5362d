import BitmapCommands
import GenericCommands
import HashCommands
import HyperLogLogCommands
import ListCommands
import Persistence
import PubSubCommands
import ServerCommands
import ServerKernel
import StringCommands
import TransactionCommands

/// Assembles the server: the one list of modules there is.
func run() -> Never {
  let server = Server(modules: [
    Strings.self, Hashes.self, Lists.self, Generic.self, ServerModule.self, Transactions.self, PubSub.self,
    Bitmaps.self, HyperLogLogs.self, Persistence.self,
  ])
  let arguments = ServerArguments.ofProcess
  arguments.answerAndExitIfAsked()
  server.run(arguments)
}

run()
