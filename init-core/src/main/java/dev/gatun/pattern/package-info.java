/**
 * Regular expressions that find the fields of log lines, with RE2/J: its time is linear in the
 * length of a line, whatever the expression. Nothing of this is loaded where no service has a
 * pattern.
 */
package dev.gatun.pattern;
