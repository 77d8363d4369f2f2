package dev.gatun.model;

/** One of the two programs of a kept service: each is told, restarted and shown on its own. */
public enum Part {
  /** The service itself. */
  SERVICE(Stage.RUN),
  /** The service that its stdout goes to. */
  LOG(Stage.LOG);

  private final Stage stage;

  Part(Stage stage) {
    this.stage = stage;
  }

  /** What its program is to the service. */
  public Stage stage() {
    return stage;
  }
}
