package dev.gatun.layout;

/** A way in which files and variables say what a container runs. */
interface Layout {

  /** What {@code GATUN_LAYOUT} calls it. */
  String name();

  /**
   * Reads everything, and tells its findings what is wrong.
   *
   * @throws LayoutException at a start, when something cannot be used
   */
  Setup read() throws LayoutException;
}
