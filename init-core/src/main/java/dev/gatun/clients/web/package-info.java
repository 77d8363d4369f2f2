/**
 * What orchestrators and people see of a container by HTTP, and as files: all of it can be read,
 * and nothing can be changed.
 */
package dev.gatun.clients.web;
