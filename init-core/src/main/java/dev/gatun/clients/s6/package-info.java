/**
 * Services as {@code s6-svc} and its kin see and control them: through the files of s6-supervise
 * and s6-svscan.
 *
 * @see <a href="https://skarnet.org/software/s6/s6-supervise.html">s6-supervise</a>
 */
package dev.gatun.clients.s6;
