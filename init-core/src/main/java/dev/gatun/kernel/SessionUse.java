package dev.gatun.kernel;

/** What the processes of sessions use. */
public interface SessionUse {
  /** Where nothing is known. */
  SessionUse UNKNOWN =
      new SessionUse() {
        @Override
        public double cpuSeconds(int session) {
          return -1;
        }

        @Override
        public long memoryBytes(int session) {
          return -1;
        }
      };

  /** The processor time of a session's live processes, in seconds; negative where unknown. */
  double cpuSeconds(int session);

  /** The resident memory of a session's processes, in bytes; negative where unknown. */
  long memoryBytes(int session);
}
