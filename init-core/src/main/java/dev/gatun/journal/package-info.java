/**
 * The journal: every event and every decision, a line each, and what can be made of it afterwards.
 * {@link dev.gatun.journal.Recorder} writes it beside the loop; replaying, explaining and drawing
 * are for other processes and other days. docs/journal.md describes the format.
 */
package dev.gatun.journal;
