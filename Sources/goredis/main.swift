import BitmapCommands
import GenericCommands
import GeoCommands
import HashCommands
import HyperLogLogCommands
import ListCommands
import Persistence
import PubSubCommands
import Replication
import ScriptingCommands
import ServerCommands
import ServerKernel
import SetCommands
import SortedSetCommands
import StreamCommands
import StringCommands
import TransactionCommands

/// Assembles the server: the one list of modules there is.
func run() -> Never {
  let server = Server(modules: [
    Strings.self, Hashes.self, Lists.self, Sets.self, SortedSets.self, Streams.self, Geo.self, Bitmaps.self,
    HyperLogLogs.self, ServerModule.self, Generic.self, Transactions.self, PubSub.self, Scripting.self,
    Persistence.self, ReplicationModule.self,
  ])
  let arguments = ServerArguments.ofProcess
  arguments.answerAndExitIfAsked()
  server.run(arguments)
}

run()
