/** Tells and draws what a journal says, for people. */
package dev.gatun.journal.tell;
