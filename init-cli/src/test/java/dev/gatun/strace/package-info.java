/**
 * What strace(1) saw of Gatun, as turns of its loop: for reading, with scripts/dev strace-loop, and
 * for tests of claims about system calls.
 */
package dev.gatun.strace;
