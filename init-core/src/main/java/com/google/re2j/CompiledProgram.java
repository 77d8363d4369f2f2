package com.google.re2j;

/**
 * The steps that RE2/J makes of an expression, for Gatun's own matcher. RE2/J keeps them to its
 * package, which is why this class is in it; a test holds it against the version that is used.
 */
public final class CompiledProgram {
  public static final int ALT = Inst.ALT;
  public static final int ALT_MATCH = Inst.ALT_MATCH;
  public static final int CAPTURE = Inst.CAPTURE;
  public static final int EMPTY_WIDTH = Inst.EMPTY_WIDTH;
  public static final int FAIL = Inst.FAIL;
  public static final int MATCH = Inst.MATCH;
  public static final int NOP = Inst.NOP;

  public static final int BEGIN_LINE = Utils.EMPTY_BEGIN_LINE;
  public static final int END_LINE = Utils.EMPTY_END_LINE;
  public static final int BEGIN_TEXT = Utils.EMPTY_BEGIN_TEXT;
  public static final int END_TEXT = Utils.EMPTY_END_TEXT;
  public static final int WORD_BOUNDARY = Utils.EMPTY_WORD_BOUNDARY;
  public static final int NO_WORD_BOUNDARY = Utils.EMPTY_NO_WORD_BOUNDARY;

  private static final int[] ANY = {0, Unicode.MAX_RUNE};
  private static final int[] ANY_BUT_NEWLINE = {0, '\n' - 1, '\n' + 1, Unicode.MAX_RUNE};

  private final RE2 re2;

  private CompiledProgram(RE2 re2) {
    this.re2 = re2;
  }

  /** The program of an expression. */
  public static CompiledProgram of(Pattern pattern) {
    return new CompiledProgram(pattern.re2());
  }

  /** How many steps it has. */
  public int size() {
    return re2.prog.numInst();
  }

  /** The first step. */
  public int start() {
    return re2.prog.start;
  }

  /** Whether a match begins at the beginning of the text or nowhere. */
  public boolean beginsWithText() {
    return (re2.prog.startCond() & BEGIN_TEXT) != 0;
  }

  /** What a step does: one of the constants of this class, or it takes a character. */
  public int operation(int step) {
    return re2.prog.getInst(step).op;
  }

  /** The step behind it. */
  public int out(int step) {
    return re2.prog.getInst(step).out;
  }

  /** The second choice of ALT, the slot of CAPTURE, what EMPTY_WIDTH asks for. */
  public int argument(int step) {
    return re2.prog.getInst(step).arg;
  }

  /**
   * The characters that a step takes: the first and the last of each range, or null when it takes
   * none at all.
   */
  public int[] ranges(int step) {
    Inst inst = re2.prog.getInst(step);
    return switch (inst.op) {
      case Inst.RUNE_ANY -> ANY;
      case Inst.RUNE_ANY_NOT_NL -> ANY_BUT_NEWLINE;
      case Inst.RUNE1 -> new int[] {inst.runes[0], inst.runes[0]};
      case Inst.RUNE -> inst.runes.length == 1 ? ofOne(inst) : inst.runes;
      default -> null;
    };
  }

  private static int[] ofOne(Inst inst) {
    int rune = inst.runes[0];
    int count = 1;
    boolean folds = (inst.arg & RE2.FOLD_CASE) != 0;
    for (int r = Unicode.simpleFold(rune); folds && r != rune; r = Unicode.simpleFold(r)) {
      count++;
    }
    int[] ranges = new int[2 * count];
    for (int i = 0, r = rune; i < ranges.length; i += 2, r = Unicode.simpleFold(r)) {
      ranges[i] = r;
      ranges[i + 1] = r;
    }
    return ranges;
  }
}
