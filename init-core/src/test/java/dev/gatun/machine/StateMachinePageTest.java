package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StateMachinePageTest {

  @Test
  void the_page_of_the_state_machine_is_what_the_code_does() throws IOException {
    String page = Files.readString(Path.of("../docs/state-machine.md"));
    assertEquals(StateMachinePage.make(), page, "scripts/dev state-machine makes it anew");
  }
}
