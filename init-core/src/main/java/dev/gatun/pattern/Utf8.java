package dev.gatun.pattern;

/** Characters of a line that are no ASCII. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the sequence has that begins at a place, or 0 when none does. */
  static int sequence(byte[] line, int at, int length) {
    int lead = line[at] & 0xff;
    int bytes = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (bytes == 0 || length - at < bytes) {
      return 0;
    }
    int second = line[at + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < bytes; i++) {
      if ((line[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return bytes;
  }
}
