package dev.gatun.model;

/**
 * What the process of a service tells Gatun by itself.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</a>
 */
public enum Notice {
  /** It is ready: READY=1, or a newline on its descriptor. */
  READY,
  /** It begins to stop: STOPPING=1. */
  STOPPING,
  /** It reads its configuration anew, and says READY when that is done: RELOADING=1. */
  RELOADING,
  /** What it is doing, for people: STATUS=. */
  STATUS,
  /** It is alive: WATCHDOG=1. */
  WATCHDOG
}
