/**
 * The output plane: the bytes of the services, from their pipes to standard output and standard
 * error. Every line is marked with its origin and written whole; bytes never become events.
 *
 * <pre>
 *   pipe ──one large read──▶ LineFramer ──line──▶ Stamper ──marked line──▶ Sink ──one write──▶ fd
 * </pre>
 *
 * <p>Everything is bounded. A sink that is full stops the streams that write to it, which are then
 * not read, so that the services block and not Gatun; they go on where they were.
 */
package dev.gatun.output;
