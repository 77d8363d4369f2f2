/** The clients of an init as sysvinit has them: telinit, shutdown and who else writes requests. */
package dev.gatun.clients.sysv;
