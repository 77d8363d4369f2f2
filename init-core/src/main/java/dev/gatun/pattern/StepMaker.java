package dev.gatun.pattern;

import com.google.re2j.CompiledProgram;
import java.util.Arrays;

/**
 * Makes of a state and the next character the next state: every thread goes as far as it can
 * without taking a character, which the next one settles, and then takes it or ends. The first
 * thread that comes to the end of the expression cuts off those behind it.
 */
final class StepMaker {
  private final Program program;
  private final int slots;
  private final Moves moves = new Moves();

  /** What each thread holds is copied where it parts from another; these are its places. */
  private int[] stackSteps;

  private int[][] stackHeld;
  private int depth;

  private final int[] seen;
  private final int[] added;
  private int generation;

  private final int[] newSteps;
  private final int[][] newHeld;
  private int newCount;
  private int[] matched;
  private int asked;
  private int taken;

  StepMaker(Program program) {
    this.program = program;
    slots = program.slots;
    int size = program.size();
    stackSteps = new int[size + 1];
    stackHeld = new int[size + 1][];
    seen = new int[size];
    added = new int[size];
    newSteps = new int[size];
    newHeld = new int[size][];
  }

  /** The moves that belong to the state that was made last, in order. */
  Moves moves() {
    return moves;
  }

  /**
   * The state behind a character.
   *
   * @param characterClass the character's, or the number behind the last for the end of the text
   */
  AutomatonState make(AutomatonState from, int characterClass) {
    generation++;
    newCount = 0;
    taken = characterClass;
    asked = conditions(from.context, characterClass);
    int first = from.hasMatch() ? 1 : 0;
    matched = first == 1 ? held(from, 0) : null;
    boolean isCut = false;
    for (int i = first; i < from.steps.length && !isCut; i++) {
      isCut = follow(from.steps[i], held(from, i));
    }
    boolean mayBegin = from.mayBegin && !isCut;
    if (mayBegin) {
      int[] nothing = new int[slots];
      Arrays.fill(nothing, AutomatonState.UNSET);
      nothing[0] = Moves.PLACE;
      isCut = follow(program.start, nothing);
    }
    boolean isEnd = characterClass == program.classes.count;
    mayBegin &= !isCut && !isEnd && !program.beginsWithText;
    return canonical(from.registerCount, isEnd ? 0 : contextAfter(characterClass), mayBegin);
  }

  private int[] held(AutomatonState state, int thread) {
    return Arrays.copyOfRange(state.registers, thread * slots, (thread + 1) * slots);
  }

  /** What a character is to what follows it, as far as the expression asks. */
  int contextAfter(int characterClass) {
    if (program.classes.isNewline(characterClass)) {
      return AutomatonState.NEWLINE;
    }
    return program.classes.isWord(characterClass) ? AutomatonState.WORD : AutomatonState.OTHER;
  }

  private int conditions(int context, int characterClass) {
    boolean isEnd = characterClass == program.classes.count;
    int holds = 0;
    if (context == AutomatonState.BEGIN) {
      holds |= CompiledProgram.BEGIN_TEXT | CompiledProgram.BEGIN_LINE;
    }
    if (context == AutomatonState.NEWLINE) {
      holds |= CompiledProgram.BEGIN_LINE;
    }
    if (isEnd) {
      holds |= CompiledProgram.END_TEXT | CompiledProgram.END_LINE;
    } else if (program.classes.isNewline(characterClass)) {
      holds |= CompiledProgram.END_LINE;
    }
    boolean wordFollows = !isEnd && program.classes.isWord(characterClass);
    boolean isBoundary = (context == AutomatonState.WORD) != wordFollows;
    return holds | (isBoundary ? CompiledProgram.WORD_BOUNDARY : CompiledProgram.NO_WORD_BOUNDARY);
  }

  /** Follows a thread; true when it came to the end of the expression. */
  private boolean follow(int first, int[] places) {
    depth = 0;
    push(first, places);
    while (depth > 0) {
      depth--;
      int step = stackSteps[depth];
      int[] held = stackHeld[depth];
      if (seen[step] == generation) {
        continue;
      }
      seen[step] = generation;
      int operation = program.operation[step];
      if (operation == CompiledProgram.MATCH) {
        matched = held.clone();
        matched[1] = Moves.PLACE;
        return true;
      }
      goOn(step, operation, held);
    }
    return false;
  }

  private void goOn(int step, int operation, int[] held) {
    switch (operation) {
      case CompiledProgram.ALT, CompiledProgram.ALT_MATCH -> {
        push(program.argument[step], held);
        push(program.out[step], held);
      }
      case CompiledProgram.CAPTURE -> {
        int[] changed = held.clone();
        changed[program.argument[step]] = Moves.PLACE;
        push(program.out[step], changed);
      }
      case CompiledProgram.EMPTY_WIDTH -> {
        if ((program.argument[step] & ~asked) == 0) {
          push(program.out[step], held);
        }
      }
      case CompiledProgram.NOP -> push(program.out[step], held);
      default -> take(step, held);
    }
  }

  private void push(int step, int[] held) {
    if (depth == stackSteps.length) {
      stackSteps = Arrays.copyOf(stackSteps, 2 * depth);
      stackHeld = Arrays.copyOf(stackHeld, 2 * depth);
    }
    stackSteps[depth] = step;
    stackHeld[depth++] = held;
  }

  private void take(int step, int[] held) {
    boolean[] takes = program.takes[step];
    if (takes == null || !takes[taken]) {
      return;
    }
    int next = program.out[step];
    if (added[next] != generation) {
      added[next] = generation;
      newSteps[newCount] = next;
      newHeld[newCount++] = held;
    }
  }

  /** Numbers registers as they first occur, and gathers what has to be moved into them. */
  private AutomatonState canonical(int oldRegisters, int context, boolean mayBegin) {
    int first = matched == null ? 0 : 1;
    int threads = first + newCount;
    int[] steps = new int[threads];
    int[] registers = new int[threads * slots];
    int[] numberOf = new int[oldRegisters + 1];
    Arrays.fill(numberOf, AutomatonState.UNSET);
    int[] sourceOf = new int[Math.min(registers.length, oldRegisters + 1)];
    int count = 0;
    for (int i = 0; i < threads; i++) {
      int[] held = i < first ? matched : newHeld[i - first];
      steps[i] = i < first ? AutomatonState.MATCHED : newSteps[i - first];
      for (int next = 0; next < slots; next++) {
        // The end of the match, which comes last, gets the last number: the others keep theirs.
        int slot = next == 0 ? 0 : next == slots - 1 ? 1 : next + 1;
        int source = held[slot];
        int number = AutomatonState.UNSET;
        if (source != AutomatonState.UNSET) {
          int key = source == Moves.PLACE ? oldRegisters : source;
          number = numberOf[key];
          if (number == AutomatonState.UNSET) {
            number = count++;
            numberOf[key] = number;
            sourceOf[number] = source;
          }
        }
        registers[i * slots + slot] = number;
      }
    }
    int spare = Math.max(oldRegisters, count);
    moves.begin(spare);
    for (int to = 0; to < count; to++) {
      moves.add(to, sourceOf[to]);
    }
    moves.order(spare);
    return new AutomatonState(steps, registers, count, context, mayBegin);
  }
}
