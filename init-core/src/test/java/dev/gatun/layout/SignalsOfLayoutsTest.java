package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Signals;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables about signals mean the same wherever services come from. */
class SignalsOfLayoutsTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"dinit", "runit", "klein", "baseimage", "s6", "sysv"})
  void every_layout_has_more_signals_that_end_it_and_some_that_it_passes_on(String layout)
      throws LayoutException {
    RootedFiles files =
        new RootedFiles(root)
            .program("/etc/service/a/run")
            .program("/etc/services.d/a/run")
            .program("/etc/runit/2")
            .file("/etc/inittab", "id:3:initdefault:\na:3:respawn:/bin/true\n");
    List<OsString> variables =
        Stream.of(
                "GATUN_LAYOUT=" + layout,
                "GATUN_STOP_SIGNALS=VTALRM PROF",
                "GATUN_FORWARD=URG RTMIN+5")
            .map(OsString::of)
            .toList();
    Setup setup = new Layouts(files, new Environment(variables), OsString.of("/home")).read();
    Signals signals = setup.plan().signals();
    assertTrue(signals.stop().containsAll(List.of(new Signal(26), new Signal(27))), layout);
    assertEquals(List.of(new Signal(23), new Signal(39)), signals.passedOn());
  }
}
