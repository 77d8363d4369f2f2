/** Reads a journal, and has the machine live through it again. */
package dev.gatun.journal.replay;
