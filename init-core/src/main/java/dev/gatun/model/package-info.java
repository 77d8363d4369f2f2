/**
 * Values that every part of Gatun speaks in: names, identities, signals, exit statuses, deadlines.
 */
package dev.gatun.model;
