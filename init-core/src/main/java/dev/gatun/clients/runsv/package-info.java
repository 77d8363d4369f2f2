/**
 * Services as {@code sv} and its kin see and control them: through the files of runsv(8) in each
 * service's directory {@code supervise}.
 *
 * @see <a href="https://smarden.org/runit/runsv.8">runsv(8)</a>
 */
package dev.gatun.clients.runsv;
