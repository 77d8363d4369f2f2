/**
 * The shell around the pure machine: one thread that turns readiness into events and effects into
 * system calls.
 */
package dev.gatun.loop;
