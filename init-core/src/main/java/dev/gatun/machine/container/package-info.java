/** The container as a whole: its targets, its verdict, its signals and its end. */
package dev.gatun.machine.container;
