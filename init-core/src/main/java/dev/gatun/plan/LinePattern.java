package dev.gatun.plan;

import dev.gatun.model.OsString;

/**
 * How lines of text become JSON objects: each named group of a regular expression is a member.
 *
 * @param expression in RE2's syntax, not yet looked at
 * @param file where it was read from, absolute
 * @param line in the file, from 1
 */
public record LinePattern(String expression, OsString file, int line) {}
