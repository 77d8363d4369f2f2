package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A line is a file below the definitions, and what is in it behind a tab. */
class S6SourcesFuzzTest {
  private static final String DEFINITIONS = "/etc/s6-overlay/s6-rc.d/";

  private static FakePrograms files(byte[] bytes) {
    FakePrograms files = new FakePrograms().directory(DEFINITIONS + "user/contents.d");
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n")) {
      String[] parts = line.split("\t", 2);
      String path = parts[0].replaceAll("[^a-z.0-9/-]", "").replaceAll("/+", "/");
      boolean isBelow = path.indexOf('/') > 0 && !path.endsWith("/") && !path.contains("..");
      if (isBelow) {
        files.program(DEFINITIONS + path, parts.length > 1 ? parts[1] : "");
      }
    }
    return files;
  }

  /** Whatever there is, it is a plan whose services can all be started, or an error of a check. */
  @FuzzTest
  void whatIsNoErrorIsAPlan(byte[] bytes) {
    FakePrograms files = files(bytes);
    Layouts layouts = new Layouts(files, new Environment(List.of()), OsString.of("/"));
    Inspection found = layouts.check(new Programs(files, OsString.of("/bin")), null);
    List<Service> services;
    try {
      services = layouts.read().plan().services();
    } catch (LayoutException e) {
      assertTrue(found.errors() > 0, e.getMessage());
      return;
    }
    Set<Object> started = new HashSet<>();
    for (int before = -1; before < started.size(); ) {
      before = started.size();
      for (Service service : services) {
        if (service.after().stream().map(After::service).allMatch(started::contains)) {
          started.add(service.id());
        }
      }
    }
    assertEquals(services.size(), started.size(), services::toString);
  }
}
