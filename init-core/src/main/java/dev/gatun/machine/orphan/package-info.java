/** Processes that lost their parent, and what is left at the end. */
package dev.gatun.machine.orphan;
