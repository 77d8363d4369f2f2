package dev.gatun.clients.sysv;

import dev.gatun.model.OsString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client writes to {@code /run/initctl}: 384 bytes in the machine's own order, a magic
 * number, a command, a runlevel, a sleep time, and 368 bytes that the command may use.
 *
 * @param sleepSeconds from TERM to KILL
 * @param level a character; 0 where the command has none
 * @param variables {@code NAME=VALUE} to set a variable, {@code NAME} to unset it
 */
public record InitRequest(Command command, int level, int sleepSeconds, List<OsString> variables) {
  /** How long one is. */
  public static final int BYTES = 384;

  /** What sysvinit's own clients have for a sleep time. */
  public static final int USUAL_SLEEP_SECONDS = 3;

  private static final int MAGIC = 0x03091969;
  private static final int DATA = 16;

  public InitRequest {
    variables = List.copyOf(variables);
  }

  /** What is asked for. */
  public enum Command {
    RUNLEVEL(1),
    POWER_FAILING(2),
    POWER_FAILING_NOW(3),
    POWER_BACK(4),
    VARIABLES(6),
    /** Something that nobody here knows. */
    UNKNOWN(-1);

    private final int number;

    Command(int number) {
      this.number = number;
    }

    static Command of(int number) {
      for (Command command : values()) {
        if (command.number == number) {
          return command;
        }
      }
      return UNKNOWN;
    }
  }

  /** Whether that is a request at all. */
  public static boolean isOne(byte[] bytes, int length) {
    return length == BYTES && view(bytes).getInt(0) == MAGIC;
  }

  /** The request that these bytes are. */
  public static InitRequest of(byte[] bytes) {
    ByteBuffer view = view(bytes);
    Command command = Command.of(view.getInt(4));
    List<OsString> variables = command == Command.VARIABLES ? texts(bytes) : List.of();
    return new InitRequest(command, view.getInt(8), view.getInt(12), variables);
  }

  /** Texts with a zero behind each; an empty one is the end. */
  private static List<OsString> texts(byte[] bytes) {
    List<OsString> texts = new ArrayList<>();
    int from = DATA;
    while (from < BYTES && bytes[from] != 0) {
      int to = from;
      while (to < BYTES && bytes[to] != 0) {
        to++;
      }
      texts.add(OsString.ofBytes(bytes, from, to - from));
      from = to + 1;
    }
    return texts;
  }

  /**
   * The bytes of it.
   *
   * @throws IllegalArgumentException when the variables have too many bytes
   */
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    ByteBuffer view = view(bytes);
    view.putInt(0, MAGIC).putInt(4, command.number).putInt(8, level).putInt(12, sleepSeconds);
    int at = DATA;
    for (OsString variable : variables) {
      if (at + variable.length() + 1 > BYTES) {
        throw new IllegalArgumentException("longer than " + (BYTES - DATA) + " bytes");
      }
      view.put(at, variable.bytes());
      at += variable.length() + 1;
    }
    return bytes;
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
