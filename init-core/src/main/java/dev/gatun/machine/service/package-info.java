/** Services: what is wanted of each, what it is doing, and how the one is brought to the other. */
package dev.gatun.machine.service;
