/**
 * The C library and the kernel, as seen from Java: generated bindings for what is listed in {@code
 * src/main/jextract/gatun.args}, and the few hand-written classes behind them.
 *
 * <p>{@link dev.gatun.ffm.Libc} has a method per C function, variable and constant; there is a
 * class per struct and union under its C name. {@link dev.gatun.ffm.Errno} tells why a call failed.
 * {@link dev.gatun.ffm.Critical} is for bytes in bulk.
 */
package dev.gatun.ffm;
