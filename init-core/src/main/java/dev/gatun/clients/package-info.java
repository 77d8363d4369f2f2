/**
 * What outsiders command services by and see them with, and how services are found that come and
 * go. The files of a protocol are known in its own package and nowhere else.
 */
package dev.gatun.clients;
