package dev.gatun.ffm;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** What the generated layouts need beyond the JDK. */
final class Layouts {
  private Layouts() {}

  /** An address whose reader may look at {@code target} behind it. */
  @SuppressWarnings("restricted")
  static AddressLayout pointer(MemoryLayout target) {
    return ValueLayout.ADDRESS.withTargetLayout(target);
  }

  /**
   * The same layout inside a packed struct: neither it nor a part of it is aligned to more than
   * {@code bytes}. Names are kept.
   */
  static MemoryLayout align(MemoryLayout layout, long bytes) {
    MemoryLayout aligned =
        switch (layout) {
          case PaddingLayout padding -> padding;
          case ValueLayout value -> value.withByteAlignment(Math.min(bytes, value.byteAlignment()));
          case SequenceLayout sequence ->
              MemoryLayout.sequenceLayout(
                  sequence.elementCount(), align(sequence.elementLayout(), bytes));
          case GroupLayout group -> align(group, bytes);
        };
    return layout.name().isPresent() ? aligned.withName(layout.name().get()) : aligned;
  }

  private static MemoryLayout align(GroupLayout group, long bytes) {
    List<MemoryLayout> members = group.memberLayouts();
    MemoryLayout[] aligned = new MemoryLayout[members.size()];
    for (int i = 0; i < aligned.length; i++) {
      aligned[i] = align(members.get(i), bytes);
    }
    return group instanceof StructLayout
        ? MemoryLayout.structLayout(aligned)
        : MemoryLayout.unionLayout(aligned);
  }
}
