/** Writes the journal while the container runs. */
package dev.gatun.journal.record;
