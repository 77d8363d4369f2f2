/**
 * Orders and questions of {@code gatun start}, {@code gatun status} and their kin: a socket that
 * takes a JSON object a line and answers likewise. docs/operating.md has the protocol.
 */
package dev.gatun.clients.control;
