package dev.gatun.sim;

/** One thing that a simulated program does. */
sealed interface Step {

  /** Writes to stdout or stderr; blocks while the pipe is full. */
  record Write(boolean toStderr, byte[] bytes) implements Step {}

  /** Writes a newline to the descriptor by which it says that it is ready, and closes it. */
  record Notify() implements Step {}

  record Sleep(long nanos) implements Step {}

  /** Makes a child with the same descriptors. */
  record Fork(Behavior child) implements Step {}

  /** Becomes another program. */
  record Exec(Behavior program) implements Step {}

  record Exit(int code) implements Step {}

  record Die(int signal) implements Step {}

  record CloseOutput(boolean stderr) implements Step {}

  /** Reads stdin to its end, a piece at a time, and copies it to stdout when it echoes. */
  record Relay(boolean echoes, int pieceBytes, long pauseNanos) implements Step {}

  /** Sends a signal to the process that a stop script was started for. */
  record SignalTarget(int signal) implements Step {}

  /** Stops itself, as SIGSTOP does. */
  record Stop() implements Step {}
}
