/** The program: options, wiring, and the only place that ends the process. */
package dev.gatun.cli;
