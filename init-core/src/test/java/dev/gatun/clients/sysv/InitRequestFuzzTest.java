package dev.gatun.clients.sysv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.clients.sysv.InitRequest.Command;
import java.util.Arrays;

/** Whatever a client writes, it is a request or none, and a request is what its bytes say. */
class InitRequestFuzzTest {

  @FuzzTest
  void anyBytesAreARequestOrNone(byte[] bytes) {
    byte[] whole = Arrays.copyOf(bytes, InitRequest.BYTES);
    if (!InitRequest.isOne(whole, bytes.length)) {
      return;
    }
    InitRequest read = InitRequest.of(whole);
    boolean fits = read.variables().isEmpty() || whole[InitRequest.BYTES - 1] == 0;
    if (read.command() != Command.UNKNOWN && fits) {
      assertEquals(read, InitRequest.of(read.bytes()));
    }
  }
}
