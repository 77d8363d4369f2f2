/**
 * A reaper of orphans for a Java program that is itself PID 1, or a child subreaper, and uses
 * {@link java.lang.Process} or libraries that do: it takes no exit status away from them. It stands
 * for itself: nothing of Gatun but the bindings is loaded with it.
 */
package dev.gatun.reaper;
