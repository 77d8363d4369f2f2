/** Readers of the layouts of service directories: files and variables in, a plan out. */
package dev.gatun.layout;
