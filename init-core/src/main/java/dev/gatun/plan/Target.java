package dev.gatun.plan;

/**
 * How far a container has come, in order. Each service is wanted from one target {@linkplain Span
 * to another}; what a target wants is started when everything that it does not want is gone.
 */
public enum Target {
  /** Programs run that come before the services. Left when all of them have ended. */
  START,
  /** The services run. Left when the container is to end. */
  UP,
  /** Programs run that come before some services are told to stop. Left when they have ended. */
  CLOSING,
  /** No service is wanted any more; programs run that come after them. */
  LAST
}
