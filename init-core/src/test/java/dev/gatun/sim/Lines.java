package dev.gatun.sim;

import dev.gatun.model.JsonEscape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a simulated program writes: every line says whose it is and which one. */
final class Lines {
  private final Chance chance;
  private final String tag;
  private final String jsonTag;
  private final int lineLimitBytes;
  private int number;

  Lines(Chance chance, String tag, int lineLimitBytes) {
    this.chance = chance;
    this.tag = tag;
    this.jsonTag = new String(JsonEscape.utf8(tag), StandardCharsets.UTF_8);
    this.lineLimitBytes = lineLimitBytes;
  }

  /** Writes of a few lines, cut anywhere. */
  List<Step> some(int most) {
    List<Step> steps = new ArrayList<>();
    boolean toStderr = chance.oneIn(3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = chance.between(1, most);
    for (int i = 0; i < count; i++) {
      bytes.writeBytes(line());
      if (!chance.oneIn(12) || i + 1 < count) {
        bytes.write('\n');
      }
    }
    byte[] all = bytes.toByteArray();
    int cut = chance.oneIn(3) && all.length > 1 ? chance.between(1, all.length - 1) : all.length;
    steps.add(new Step.Write(toStderr, Arrays.copyOf(all, cut)));
    if (cut < all.length) {
      if (chance.oneIn(2)) {
        steps.add(new Step.Sleep(chance.millis(0, 30)));
      }
      steps.add(new Step.Write(toStderr, Arrays.copyOfRange(all, cut, all.length)));
    }
    return steps;
  }

  /** So many bytes in one write, in lines of an object each. */
  Step.Write flood(int length, boolean toStderr) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length + 2100);
    while (bytes.size() < length) {
      bytes.writeBytes(object(chance.between(0, 2000)));
      bytes.write('\n');
    }
    return new Step.Write(toStderr, bytes.toByteArray());
  }

  private byte[] line() {
    return switch (chance.below(20)) {
      case 0 -> text("");
      case 1 -> text("  ");
      case 2 -> text("{}");
      case 3 -> text("{ }");
      case 4 -> text("{");
      case 5 -> text("}");
      case 6 -> concat(object(3), text(" \t\r"));
      case 7 -> concat(text("nul " + tag), new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xc3});
      case 8, 9, 10 -> text(tag + " says hello " + ++number + "\u00e4\u20ac\ud83d\ude00");
      case 11 -> chance.oneIn(4) ? long_() : object(lineLimitBytes - 100);
      default -> object(chance.between(0, 60));
    };
  }

  private byte[] long_() {
    byte[] line = object(lineLimitBytes * chance.between(1, 3) + chance.between(-70, 70));
    if (chance.oneIn(2)) {
      line[0] = 'x';
    }
    return line;
  }

  private byte[] object(int pad) {
    byte[] head = text("{\"p\":\"" + jsonTag + "\",\"n\":" + ++number + ",\"pad\":\"");
    int padding = Math.max(0, pad) / 2 * 2;
    byte[] object = Arrays.copyOf(head, head.length + padding + 2);
    for (int i = head.length; i < head.length + padding; i += 2) {
      object[i] = (byte) 0xc3;
      object[i + 1] = (byte) 0xa4;
    }
    object[object.length - 2] = '"';
    object[object.length - 1] = '}';
    return object;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
