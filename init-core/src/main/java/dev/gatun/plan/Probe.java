package dev.gatun.plan;

/**
 * A question that is asked of a service again and again, for as long as its process runs.
 *
 * @param check what is asked
 * @param everyNanos how long after an answer it is asked the next time
 * @param timeoutNanos how long an answer may take; none by then is a failure
 */
public record Probe(Check check, long everyNanos, long timeoutNanos) {

  /** What is asked. */
  public sealed interface Check {}

  /** A program is run: exit code 0 is success. It is killed when its time is over. */
  public record Run(Program program) implements Check {}

  /**
   * A TCP connection is made: that it comes about is success.
   *
   * @param host an address in numbers, or a name
   */
  public record Tcp(String host, int port) implements Check {}

  /**
   * A page is asked for by HTTP: a status of 200 to 399 is success.
   *
   * @param host an address in numbers, or a name; it is sent as the header Host too
   * @param path with a slash first, and the query if there is one
   */
  public record Http(String host, int port, String path) implements Check {}
}
