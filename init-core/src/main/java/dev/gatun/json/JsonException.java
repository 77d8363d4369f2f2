package dev.gatun.json;

/** A document that is no JSON, or a value that is not what it is to be. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String problem;
  private final String allowed;

  /**
   * @param line from 1
   * @param column from 1, in characters
   * @param problem a clause: what is wrong there
   * @param allowed a clause: what may stand there
   */
  public JsonException(int line, int column, String problem, String allowed) {
    super("line " + line + ", column " + column + ": " + problem + ": " + allowed);
    this.line = line;
    this.column = column;
    this.problem = problem;
    this.allowed = allowed;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  public String problem() {
    return problem;
  }

  public String allowed() {
    return allowed;
  }
}
