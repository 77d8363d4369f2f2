package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.InitEntries;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Runlevels;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;

/** Whatever stands in an inittab, a plan comes of it, and each line counts or is a problem. */
class InittabFuzzTest {

  /** Files of which there is one. */
  private static ProgramFiles holding(byte[] inittab) {
    return (ProgramFiles)
        Proxy.newProxyInstance(
            ProgramFiles.class.getClassLoader(),
            new Class<?>[] {ProgramFiles.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "read" -> inittab;
                  case "kind" -> ProgramFiles.Kind.NOTHING;
                  case "head" -> new byte[0];
                  default -> false;
                });
  }

  @FuzzTest
  void aPlanIsMadeOfAnyBytes(byte[] bytes) throws IOException {
    ProgramFiles files = holding(bytes);
    InitEntries read =
        new Inittab(files, Inittab.FILE, OsString.of("/bin"), InitCommandLine.NONE, 1).read();
    Plan plan = Plan.builder().addAll(read.services()).runlevels(read.runlevels()).build();
    assertEquals(plan.services().size(), read.runlevels().entries().size());
    Set<ServiceId> ids = new HashSet<>();
    for (Runlevels.Entry entry : read.runlevels().entries()) {
      assertTrue(ids.add(entry.id()), "two are called " + entry.id());
    }
    String first = read.runlevels().first();
    assertTrue(first.isEmpty() || Runlevels.isLevel(first), first);
  }
}
