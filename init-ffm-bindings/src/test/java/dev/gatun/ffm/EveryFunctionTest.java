package dev.gatun.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EveryFunctionTest {
  /** Bound, but not in every C library that is supported: see gatun.args. */
  private static final Set<String> MAY_BE_MISSING =
      Set.of("posix_spawn_file_actions_addtcsetpgrp_np");

  @Test
  void everyFunctionHasAnAddress() throws Exception {
    for (String name : Bound.names("function")) {
      MemorySegment address;
      try {
        address = (MemorySegment) Libc.class.getMethod(name + "$address").invoke(null);
      } catch (InvocationTargetException e) {
        assertTrue(MAY_BE_MISSING.contains(name), e.getCause().getMessage());
        continue;
      }
      assertNotEquals(0, address.address(), name);
    }
  }

  @Test
  void noTwoFunctionsShareAnAddress() throws Exception {
    // The addresses are cached by number: a number that is used twice would show here.
    var seen = new java.util.HashMap<Long, String>();
    for (String name : Bound.names("function")) {
      if (!MAY_BE_MISSING.contains(name)) {
        Object address = Libc.class.getMethod(name + "$address").invoke(null);
        String other = seen.put(((MemorySegment) address).address(), name);
        // memcpy and memmove are one function in some C libraries.
        assertTrue(other == null || other.startsWith("mem"), name + " and " + other);
      }
    }
  }

  @Test
  void aMissingFunctionIsNamed() {
    UnsatisfiedLinkError error =
        assertThrows(UnsatisfiedLinkError.class, () -> Downcall.find("gatun_has_no_such_function"));
    assertEquals(
        "cannot call gatun_has_no_such_function: this system's C library (libc) does not have it",
        error.getMessage());
  }
}
