package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operating a container: its socket, service.json, readiness, and what is answered by HTTP. */
class ControlIT {
  /** Tells that it is ready by sd_notify(3) when there is a file that says so. */
  private static final String NOTIFYING =
      "while [ ! -e \"$GATES/db\" ]; do sleep 0.02; done; exec perl -MSocket -e '"
          + "socket(my $s, AF_UNIX, SOCK_DGRAM, 0);"
          + "connect($s, sockaddr_un($ENV{NOTIFY_SOCKET})) or die $!;"
          + "send($s, qq(STATUS=at work\\nREADY=1), 0); sleep 1000'";

  @TempDir Path directory;

  @BeforeAll
  static void needsNamespaces() {
    Container.assumeNamespaces();
  }

  /** What a command of gatun says, and how it ends. */
  private record Told(int code, String text) {}

  private Container.Builder container() {
    return new Container.Builder(directory)
        .env("GATUN_CONTROL", directory.resolve("run/control").toString())
        .env("GATES", directory.toString())
        .env("GATUN_JOURNAL", directory.resolve("journal").toString())
        .env("DINIT_LOG_LEVEL", "info");
  }

  private Told gatun(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(Container.launcher().toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("GATUN_CONTROL", directory.resolve("run/control").toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), text);
    return new Told(process.exitValue(), text);
  }

  private void awaitSocket() {
    Container.await("the socket", () -> Files.exists(directory.resolve("run/control")));
  }

  private void open(String gate) throws IOException {
    Files.createFile(directory.resolve(gate));
  }

  @Test
  void servicesAreShownStoppedStartedAndSignalledInTheDefaultLayout() throws Exception {
    try (Container c =
        container()
            .service(
                "web", "trap 'echo {\\\"got\\\":\\\"HUP\\\"}' HUP; while :; do sleep 0.05; done")
            .service("other", "exec sleep 1000")
            .start()) {
      awaitSocket();
      Told status = gatun("status", "web");
      assertEquals(0, status.code(), status.text());
      assertTrue(status.text().matches("(?s)SERVICE +STATE.*web +up .*"), status.text());
      assertEquals(1, gatun("status", "nobody").code());
      assertEquals(2, gatun("stop").code());
      assertEquals(0, gatun("signal", "HUP", "web").code());
      c.awaitText("{\"got\":\"HUP\"");
      assertTrue(gatun("logs", "web").text().contains("{\"got\":\"HUP\""));
      assertEquals(0, gatun("stop", "web").code());
      assertEquals(0, gatun("wait", "--down", "--timeout", "30", "web").code());
      Told down = gatun("status", "web");
      assertTrue(down.text().contains("web      down"), down.text());
      assertEquals(3, gatun("wait", "--timeout", "0", "web").code());
      assertEquals(0, gatun("start", "web").code());
      assertEquals(0, gatun("wait", "--timeout", "30", "web").code());
      assertTrue(c.isAlive(), c::both);
      assertEquals(0, gatun("shutdown", "--code", "9").code());
      assertEquals(9, c.exitCode(), c::both);
      Told nobody = gatun("status");
      assertEquals(4, nobody.code(), nobody.text());
      Told explained = gatun("explain", directory.resolve("journal").toString());
      assertTrue(explained.text().contains("a client asked to stop web\n"), explained.text());
      assertTrue(explained.text().contains("a client wanted HUP sent to web\n"), explained.text());
      assertEquals(0, gatun("replay", directory.resolve("journal").toString()).code());
    }
  }

  @Test
  void nobodyIsStartedBeforeWhatItComesAfterIsReady() throws Exception {
    String ready = "{\"ready\": {\"notify\": true, \"within\": \"60s\"}}";
    String after = "{\"kind\": \"oneshot\", \"after\": [\"db\"]}";
    String last = "{\"after\": [\"migrate\"], \"ready\": {\"run\": [\"test\", \"-e\", \"GATE\"]}}";
    Path gate = directory.resolve("web");
    try (Container c =
        container()
            .env("GATUN_HTTP", "unix:" + directory.resolve("run/http"))
            .service("db", NOTIFYING)
            .file("db/service.json", ready)
            .service("migrate", "echo '{\"migrated\":true}'")
            .file("migrate/service.json", after)
            .service("web", "echo '{\"web\":true}'; exec sleep 1000")
            .file("web/service.json", last.replace("GATE", gate.toString()))
            .start()) {
      awaitSocket();
      assertTrue(gatun("status").text().contains("waiting"));
      assertFalse(c.stdout().contains("migrated"), c::both);
      assertTrue(http("GET /readyz?verbose HTTP/1.1").contains("db: not ready"));
      open("db");
      c.awaitText("{\"migrated\":true");
      c.awaitText("{\"web\":true");
      assertTrue(http("GET /readyz HTTP/1.1").startsWith("HTTP/1.1 503"));
      assertFalse(Files.exists(directory.resolve("run/ready")));
      open("web");
      assertEquals(0, gatun("wait", "--timeout", "30", "web").code());
      Container.await("the file", () -> Files.exists(directory.resolve("run/ready")));
      assertTrue(http("GET /readyz HTTP/1.1").startsWith("HTTP/1.1 200"));
      assertTrue(http("GET /metrics HTTP/1.1").contains("gatun_service_ready{service=\"db\""));
      assertTrue(http("POST /status HTTP/1.1").startsWith("HTTP/1.1 405"));
      assertTrue(Files.readString(directory.resolve("run/status.json")).contains("\"ready\":true"));
      assertEquals(0, gatun("stop", "db").code());
      assertEquals(0, gatun("wait", "--down", "--timeout", "30", "db", "web").code());
      Container.await("its end", () -> !Files.exists(directory.resolve("run/ready")));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  private String http(String request) throws IOException {
    try (SocketChannel channel = connect("run/http")) {
      channel.write(ByteBuffer.wrap((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
      return readAll(channel);
    }
  }

  private SocketChannel connect(String path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(directory.resolve(path)));
    return channel;
  }

  private static String readAll(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1024 * 1024);
    while (channel.read(buffer) > 0) {
      // Until the end.
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  @Test
  void clientsThatSendGarbageNothingOrHalfARequestHoldNobodyUp() throws Exception {
    List<SocketChannel> others = new ArrayList<>();
    try (Container c = container().service("a", "exec sleep 1000").start()) {
      awaitSocket();
      for (int i = 0; i < 80; i++) {
        SocketChannel channel = connect("run/control");
        others.add(channel);
        if (i % 4 == 1) {
          channel.write(ByteBuffer.wrap("{\"do\":".getBytes(StandardCharsets.UTF_8)));
        } else if (i % 4 == 2) {
          channel.write(ByteBuffer.wrap(new byte[] {0, -1, '\n', 7, '\n'}));
        } else if (i % 4 == 3) {
          channel.write(ByteBuffer.wrap("{\"do\":\"watch\"}\n".getBytes(StandardCharsets.UTF_8)));
        }
      }
      Told status = gatun("status", "a");
      assertEquals(0, status.code(), status.text());
      Told stopped = gatun("stop", "a");
      assertEquals(0, stopped.code(), stopped.text());
      assertEquals(0, gatun("wait", "--down", "--timeout", "30", "a").code());
      assertEquals(0, gatun("shutdown").code());
      assertEquals(0, c.exitCode(), c::both);
    } finally {
      for (SocketChannel channel : others) {
        channel.close();
      }
    }
  }

  @Test
  void whatIsWrongInServiceJsonStartsNothing() throws Exception {
    try (Container c =
        container()
            .service("a", "echo started")
            .file("a/service.json", "{\n  \"user\": \"root\",\n  \"ready\": {\"tpc\": 80}\n}\n")
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(
          c.stderr().contains("a/service.json:3: column 20: ready has no member tpc"), c::both);
      assertFalse(c.both().contains("started"), c::both);
    }
  }

  @Test
  void aServiceActsAsItsUserInItsEnvironmentAndCannotComeBack() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Container c =
        container()
            .service(
                "a",
                "id -u; id -G; echo \"x=$X y=$Y\"; grep -E '^(Uid|Gid|CapPrm|CapEff)'"
                    + " /proc/self/status")
            .file(
                "a/service.json",
                "{\"user\": \"1234:1235\", \"environment\": {\"X\": \"1\", \"Y\": null}}")
            .env("Y", "2")
            .env("DINIT_JSON_STDOUT", "0")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("run: 1234\n"), c::both);
      assertTrue(c.stdout().contains("run: 1235\n"), c::both);
      assertTrue(c.stdout().contains("x=1 y=\n"), c::both);
      assertTrue(c.stdout().contains("Uid:\t1234\t1234\t1234\t1234"), c::both);
      assertTrue(c.stdout().contains("Gid:\t1235\t1235\t1235\t1235"), c::both);
      assertTrue(c.stdout().contains("CapEff:\t0000000000000000"), c::both);
      assertTrue(c.stdout().contains("CapPrm:\t0000000000000000"), c::both);
    }
  }
}
