package dev.gatun.pattern;

/** Text stays text. */
final class TextConversion extends Conversion {
  @Override
  boolean write(byte[] text, int begin, int end, JsonBuffer out) {
    out.text(text, begin, end);
    return true;
  }

  @Override
  String problem() {
    return "is no text";
  }

  @Override
  boolean givesText() {
    return true;
  }
}
