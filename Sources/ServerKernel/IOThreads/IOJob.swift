/// What the command thread has an I/O thread do. It goes there and comes back, and belongs to whoever has it.
enum IOJob {
  case input(InputJob)
  case output(OutputJob)
  /// The thread ends.
  case stop
}
