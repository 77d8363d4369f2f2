package dev.gatun.pattern;

/** Makes JSON of text; an operator that gives a number, a truth value or another text. */
abstract class Conversion {

  /**
   * Appends what the text is as JSON.
   *
   * @return false when the text is nothing of the kind; what was appended until then is to be cut
   *     off again
   */
  abstract boolean write(byte[] text, int begin, int end, JsonBuffer out);

  /** What a text is when it was refused, as in "is no whole number". */
  abstract String problem();

  /** Whether it gives text, with which other conversions can go on. */
  boolean givesText() {
    return false;
  }

  /** Takes the time that "today" is meant by. */
  void setNow(long epochMillis) {
    // Only times without a date ask for it.
  }
}
