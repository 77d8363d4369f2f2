package dev.gatun.loop;

/** The environment that programs are started in, where it changes while a container runs. */
public interface Surroundings {

  /** Has whatever is started from now on get what there is by now. */
  void refresh();
}
