/**
 * What is to be run and by which rules: what a layout reads from files and the machine decides by.
 * Everything that Gatun runs is a {@link dev.gatun.plan.Service}; a policy is data here, never a
 * branch on a layout's name in the machine.
 */
package dev.gatun.plan;
