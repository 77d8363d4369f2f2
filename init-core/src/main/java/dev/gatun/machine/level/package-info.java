/** Runlevels: which of the services are wanted while the container is up. */
package dev.gatun.machine.level;
