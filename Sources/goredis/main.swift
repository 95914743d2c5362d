import ServerKernel
import StringCommands

func run() -> Never {
  let server = Server(modules: [Strings.self])
  let arguments = ServerArguments.ofProcess
  arguments.answerAndExitIfAsked()
  server.run(arguments)
}

run()
