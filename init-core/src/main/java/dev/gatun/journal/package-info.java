/**
 * The journal: every event and every decision, a line each, and what can be made of it afterwards.
 *
 * <ul>
 *   <li>{@code record} writes it beside the loop, on the path of PID 1: without reflection, lambdas
 *       and pattern switches.
 *   <li>{@code replay} reads it in another process, on another day, and has the machine live
 *       through it again. One reader of records reads everything, by reflection.
 *   <li>{@code tell} explains and draws what was read.
 * </ul>
 *
 * docs/journal.md describes the format.
 */
package dev.gatun.journal;
