package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Kernel;
import dev.gatun.loop.EventLoop;
import dev.gatun.machine.container.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is thrown, wherever: the services are told to stop, the container ends, and says why.
 */
class ThrowingLoopTest {
  private static final int LIVES = 1000;

  /** What the loop calls on every turn or for every process. */
  private static final Set<String> THROWING =
      Set.of("spawn", "read", "await", "nextSignal", "reap", "signal", "peekEnded", "openProcess");

  /** One call out of all throws an error that nothing in the loop expects. */
  private static final class OneThrow {
    private final Kernel kernel;
    private final int at;
    private int calls;
    private boolean thrown;
    private String where;

    OneThrow(Kernel kernel, int at) {
      this.kernel = kernel;
      this.at = at;
    }

    Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      if (THROWING.contains(method.getName()) && calls++ == at) {
        thrown = true;
        where = method.getName();
        throw new StackOverflowError();
      }
      try {
        return method.invoke(kernel, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @Test
  void aThrowEndsTheContainerInOrder() {
    List<String> stuck = new ArrayList<>();
    int thrown = 0;
    int asked = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      SimulatedKernel simulated =
          new SimulatedKernel(WorkloadMaker.make(seed).setting(), new Transcript(false));
      OneThrow faults = new OneThrow(simulated, new Chance(seed).below(60));
      Verdict verdict;
      try {
        verdict = live(WorkloadMaker.make(seed), simulated, faults);
      } catch (SimulatedKernel.Stuck e) {
        stuck.add("seed " + seed + ", " + faults.where + ": " + e);
        continue;
      }
      if (faults.thrown) {
        thrown++;
        asked += verdict.cause().startsWith("internal error: java.lang.StackOverflowError") ? 1 : 0;
        assertTrue(verdict.exitCode() >= 0, verdict::toString);
      }
      assertEquals(List.of(), simulated.history.violations(), "seed " + seed);
      simulated.files.memory().freeAll();
    }
    assertEquals(List.of(), stuck);
    assertTrue(thrown > LIVES / 3, thrown + " lives had a throw");
    assertTrue(asked > thrown / 4, asked + " of " + thrown + " ended because of it");
  }

  private static Verdict live(Workload workload, SimulatedKernel simulated, OneThrow faults) {
    Kernel kernel =
        (Kernel)
            Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, faults::invoke);
    Rules rules = new Rules(workload, simulated.history, new Transcript(false), false);
    EventLoop loop = Simulation.loop(workload, simulated, kernel, rules);
    try {
      return loop.run();
    } catch (RuntimeException | Error e) {
      return loop.endInOrder(e);
    }
  }
}
