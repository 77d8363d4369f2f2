package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.plan.Program;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTwoTest {
  private static Optional<StageTwo> of(String script) {
    return StageTwo.of(
        script.getBytes(StandardCharsets.UTF_8), name -> name.equals("SET") ? "/set" : null);
  }

  private static String directory(String script) {
    return of(script).orElseThrow().directory().toString();
  }

  @Test
  void the_usual_script_of_runit() {
    StageTwo two =
        of("""
        #!/bin/sh
        PATH=/command:/usr/local/bin:/bin:/usr/bin
        exec env - PATH=$PATH \\
        runsvdir -P /service 'log: ....................'
        """)
            .orElseThrow();
    assertEquals(OsString.of("/service"), two.directory());
    assertEquals("", two.preparation());
  }

  @Test
  void the_usual_script_of_debian() {
    StageTwo two =
        of("""
        #!/bin/sh

        PATH=/usr/local/sbin:/usr/local/bin:/sbin:/usr/sbin:/bin:/usr/bin
        SVDIR=/etc/service
        mkdir -p /run/runit/supervise
        # mount will fail in an unprivileged container

        exec env - PATH=$PATH \\
        runsvdir -P "${SVDIR}" 'log: .....'
        """)
            .orElseThrow();
    assertEquals(OsString.of("/etc/service"), two.directory());
    Program prepares = two.prepare(OsString.of("/etc/runit/2"));
    assertEquals(OsString.of("/bin/sh"), prepares.path());
    assertEquals(OsString.of("-c"), prepares.arguments().getFirst());
    assertTrue(prepares.arguments().get(1).toString().contains("mkdir -p /run/runit/supervise"));
    assertEquals(OsString.of("/etc/runit/2"), prepares.arguments().getLast());
  }

  @Test
  void what_the_first_line_gives_the_shell_is_given_to_it_again() {
    StageTwo two = of("#!/bin/bash -e\ntouch /x\nexec runsvdir /s\n").orElseThrow();
    assertEquals(
        List.of("-e", "-c"),
        two.prepare(OsString.of("/2")).arguments().subList(0, 2).stream()
            .map(OsString::toString)
            .toList());
  }

  @Test
  void variables_and_quotes_are_seen_through() {
    assertEquals("/a/b c", directory("#!/bin/sh\nA=/a\nB=\"$A/b c\"\nexec runsvdir \"$B\"\n"));
    assertEquals("/run/x/y", directory("#!/bin/sh\nX=x\nexec /usr/bin/runsvdir '/run/'${X}/y"));
    assertEquals("/set/x", directory("#!/bin/sh\nexec runsvdir $SET/x\n"));
    assertEquals("/s", directory("#!/bin/sh\nexec chpst -e env runsvdir -P /s\n# the end\n\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "exec runsvdir /s\n",
        "#!/usr/bin/python3\nexec runsvdir /s\n",
        "#!/bin/sh\n",
        "#!/bin/sh\nrunsvdir /s\n",
        "#!/bin/sh\nexec my-server\n",
        "#!/bin/sh\nexec runsvdir\n",
        "#!/bin/sh\nexec runsvdir \"$UNKNOWN\"\n",
        "#!/bin/sh\nD=`cat /d`\nexec runsvdir $D\n",
        "#!/bin/sh\nexec runsvdir relative\n",
        "#!/bin/sh\nexec runsvdir /s &\nwait\n",
        "#!/bin/sh\r\nexec runsvdir /s\r\n"
      })
  void everything_else_is_run_as_it_is(String script) {
    assertEquals(Optional.empty(), of(script));
  }
}
