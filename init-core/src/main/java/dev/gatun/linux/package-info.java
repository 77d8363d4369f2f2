/** The real kernel: the only part of Gatun that calls C. */
package dev.gatun.linux;
