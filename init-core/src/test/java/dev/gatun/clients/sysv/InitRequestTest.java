package dev.gatun.clients.sysv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.clients.sysv.InitRequest.Command;
import dev.gatun.model.OsString;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests as Debian's telinit writes them. */
class InitRequestTest {

  @Test
  void a_runlevel_has_the_bytes_of_telinit() {
    InitRequest asked = new InitRequest(Command.RUNLEVEL, 'q', 7, List.of());
    byte[] expected = new byte[InitRequest.BYTES];
    byte[] head = HexFormat.of().parseHex("69190903010000007100000007000000");
    System.arraycopy(head, 0, expected, 0, head.length);
    assertArrayEquals(expected, asked.bytes());
    assertEquals(asked, InitRequest.of(expected));
  }

  @Test
  void variables_stand_one_after_the_other() {
    List<OsString> variables = List.of(OsString.of("INIT_FOO=bar"), OsString.of("INIT_X"));
    byte[] bytes = new InitRequest(Command.VARIABLES, 0, 0, variables).bytes();
    assertEquals(
        OsString.of("INIT_FOO=bar").concat(OsString.ofBytes(new byte[1])),
        OsString.ofBytes(bytes, 16, 13));
    assertEquals(6, bytes[4]);
    assertEquals(variables, InitRequest.of(bytes).variables());
  }

  @Test
  void what_is_shorter_or_has_no_magic_is_none() {
    byte[] bytes = new InitRequest(Command.RUNLEVEL, '0', 3, List.of()).bytes();
    assertTrue(InitRequest.isOne(bytes, bytes.length));
    assertFalse(InitRequest.isOne(bytes, bytes.length - 1));
    bytes[0]++;
    assertFalse(InitRequest.isOne(bytes, bytes.length));
  }

  @Test
  void too_many_variables_are_refused() {
    byte[] name = new byte[400];
    Arrays.fill(name, (byte) 'A');
    InitRequest request = new InitRequest(Command.VARIABLES, 0, 0, List.of(OsString.ofBytes(name)));
    assertThrows(IllegalArgumentException.class, request::bytes);
  }
}
