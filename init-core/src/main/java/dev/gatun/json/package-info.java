/**
 * JSON documents that people and clients write, read with the place of every value, and JSON that
 * Gatun writes for them. What stands in the way of a start, the check of lines, is in {@code
 * output}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
package dev.gatun.json;
