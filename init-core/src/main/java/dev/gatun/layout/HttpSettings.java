package dev.gatun.layout;

import dev.gatun.kernel.NumericAddress;
import dev.gatun.kernel.Sockets;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.Optional;

/**
 * Where Gatun answers by HTTP: an address of this machine, or a socket's path.
 *
 * @param value as it was given
 * @param address empty for a path
 * @param path absolute; empty for an address
 */
public record HttpSettings(String value, Optional<Sockets.Address> address, OsString path) {
  public static final String VARIABLE = "GATUN_HTTP";

  private static final String UNIX = "unix:";
  private static final String ALLOWED =
      "ADDRESS:PORT in numbers (127.0.0.1:9901, [::]:9901) or unix:PATH";
  private static final int MAX_PORT = 65_535;

  /**
   * Reads the variable, which is set.
   *
   * @param workingDirectory absolute; what a relative path is relative to
   * @throws LayoutException when its value cannot be used
   */
  public static HttpSettings read(Environment environment, OsString workingDirectory)
      throws LayoutException {
    String value = environment.get(VARIABLE).toString();
    if (value.startsWith(UNIX) && value.length() > UNIX.length()) {
      OsString path = workingDirectory.resolveAbsolute(OsString.of(value.substring(UNIX.length())));
      return new HttpSettings(value, Optional.empty(), path);
    }
    Sockets.Address address = address(value);
    if (address == null) {
      throw new LayoutException(
          "cannot use " + VARIABLE + "=" + value, "set it to " + ALLOWED + ", or unset it");
    }
    return new HttpSettings(value, Optional.of(address), OsString.of(""));
  }

  private static Sockets.Address address(String value) {
    int colon = value.lastIndexOf(':');
    String host = colon < 0 ? "" : value.substring(0, colon);
    boolean isOld = host.indexOf(':') < 0;
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    byte[] bytes =
        isOld || isBracketed
            ? NumericAddress.parse(isBracketed ? host.substring(1, host.length() - 1) : host)
            : null;
    int port = colon < 0 ? -1 : port(value.substring(colon + 1));
    return bytes == null || port < 0 ? null : new Sockets.Address(bytes, port);
  }

  private static int port(String digits) {
    int port = digits.isEmpty() || digits.length() > 5 ? MAX_PORT + 1 : 0;
    for (int i = 0; i < digits.length() && port <= MAX_PORT; i++) {
      int digit = digits.charAt(i) - '0';
      port = digit < 0 || digit > 9 ? MAX_PORT + 1 : port * 10 + digit;
    }
    return port < 1 || port > MAX_PORT ? -1 : port;
  }

  /** Has a wrong value told. */
  static void check(Variables variables) throws LayoutException {
    if (!variables.isSet(VARIABLE)) {
      return;
    }
    try {
      read(variables.environment(), variables.workingDirectory());
    } catch (LayoutException e) {
      variables.refuse(VARIABLE, ALLOWED);
    }
  }
}
