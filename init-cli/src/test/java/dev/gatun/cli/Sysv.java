package dev.gatun.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's own sysvinit, unpacked and not installed: the clients that Gatun must satisfy, and the
 * init that it is held against, which is never run but as PID 1 of a namespace of its own.
 */
final class Sysv {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path UNPACKED = Path.of("target", "sysvinit").toAbsolutePath();

  /**
   * Lays the programs and the inittab over the machine's own, for this namespace only, and hides
   * what an init writes to. The first word says whose the init is to be.
   */
  private static final String ENTER =
      """
      set -e
      sysv=$1 own=$2 launcher=$3
      shift 3
      sbin=$(readlink -f /sbin)
      mkdir -p "$own/sbin" "$own/etc" "$own/dev"
      [ -z "$launcher" ] || ln -sf "$launcher" "$own/sbin/init"
      ln -sf "$(command -v java)" "$own/sbin/java"
      mount -t overlay overlay -o "lowerdir=$own/sbin:$sysv/usr/sbin:$sbin" "$sbin"
      mount -t overlay overlay -o "lowerdir=$own/etc:/etc" /etc
      mount -t tmpfs tmpfs "$own/dev"
      for device in null zero random urandom; do
        : >"$own/dev/$device"
        mount --bind "/dev/$device" "$own/dev/$device"
      done
      mount --rbind "$own/dev" /dev
      mount -t tmpfs tmpfs /run
      mount -t tmpfs tmpfs /var/log
      : >/var/log/wtmp
      cd /
      exec /sbin/init "$@"
      """;

  private Sysv() {}

  /** Skips the test where the packages cannot be fetched. */
  static void assumeUnpacked() {
    Container.assumeNamespaces();
    if (!Files.exists(UNPACKED.resolve("complete"))) {
      String said =
          Container.run(
              PROJECT.resolve("scripts/unpack-debs").toString(),
              "bookworm",
              UNPACKED.toString(),
              "sysvinit-core",
              "sysvinit-utils");
      Assumptions.assumeTrue(
          Files.isExecutable(UNPACKED.resolve("sbin/shutdown")),
          "skipped: Debian's sysvinit cannot be fetched: " + said);
      write(UNPACKED.resolve("complete"), "");
    }
  }

  /** A container whose init is Gatun, with this inittab. */
  static Container.Builder gatun(Path directory, String inittab, String... arguments) {
    return container(directory, Container.launcher().toString(), inittab, arguments);
  }

  /** The same with Debian's own init. */
  static Container.Builder debian(Path directory, String inittab, String... arguments) {
    return container(directory, "", inittab, arguments);
  }

  private static Container.Builder container(
      Path directory, String launcher, String inittab, String... arguments) {
    assumeUnpacked();
    write(directory.resolve("etc/inittab"), inittab.replace("@", directory.toString()));
    List<String> words = new ArrayList<>(List.of("sh", "-c", ENTER, "sh"));
    words.addAll(List.of(UNPACKED.toString(), directory.toString(), launcher));
    words.addAll(List.of(arguments));
    return new Container.Builder(directory)
        .env("DINIT_DIR", "")
        .env("RUNLEVEL", "")
        .command(words.toArray(String[]::new));
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where Debian's own programs are. */
  static Path programs() {
    return UNPACKED.resolve("sbin");
  }

  /** What is said by a script that is run inside of a container. */
  static String inside(Container c, String script) {
    String pid = String.valueOf(c.pid());
    return Container.run("nsenter", "-t", pid, "-m", "-p", "--", "sh", "-c", script);
  }

  /** Waits until a file has that text. */
  static void await(Container c, Path file, String text) {
    Container.await(
        text + " in " + file + ":\n" + Runit.text(file) + c.both(),
        () -> Runit.text(file).contains(text));
  }
}
