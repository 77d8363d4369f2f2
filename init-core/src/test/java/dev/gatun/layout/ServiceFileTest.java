package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.json.JsonReader;
import dev.gatun.json.JsonText;
import dev.gatun.json.JsonValue;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.User;
import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.Health;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What service.json says, and what is said of one that is wrong. */
class ServiceFileTest {
  private static final long SECOND = 1_000_000_000L;

  private static FakeFiles files(String json) {
    return new FakeFiles("/bin/api", "/bin/true", "/etc/service/db/run", "/etc/service/cache/run")
        .with("/etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1000:1001::/:/bin/sh\n")
        .with("/etc/group", "root:x:0:\napp:x:1001:\nssl:x:77:other,app\n")
        .with("/etc/hosts", "127.0.0.1 localhost\n10.0.0.7 backend # ours\n")
        .with("/etc/api.env", "# ours\nA=1\nB=two words\n")
        .with("/etc/service/api/service.json", json);
  }

  private static Service read(String json, boolean hasRun) throws LayoutException {
    FakeFiles files = files(json);
    if (hasRun) {
      files.add(OsString.of("/etc/service/api/run"));
    }
    Environment environment = new Environment(List.of(OsString.of("PATH=/none:/bin")));
    Variables variables = new Variables(environment, OsString.of("/"), Findings.AT_START);
    return new DinitLayout(files, variables)
        .read().plan().services().stream()
            .filter(service -> service.id().name().toString().equals("api"))
            .findFirst()
            .orElseThrow();
  }

  private static Service read(String json) throws LayoutException {
    return read(json, true);
  }

  private static String complaint(String json) {
    return assertThrows(LayoutException.class, () -> read(json), json).getMessage();
  }

  @Test
  void a_program_its_user_and_its_environment_are_what_the_file_says() throws LayoutException {
    Service service =
        read(
            "{\"run\": [\"api\", \"-p\", \"80\"], \"user\": \"app\", \"directory\": \"/srv\","
                + " \"environmentFile\": \"/etc/api.env\","
                + " \"environment\": {\"PORT\": \"8080\", \"DEBUG\": null}}",
            false);
    assertEquals("/bin/api", service.program().path().toString());
    assertEquals("/srv", service.program().directory().toString());
    assertEquals(Optional.of(new User(1000, 1001, List.of(1001, 77))), service.program().user());
    assertEquals(
        List.of("A=1", "B=two words", "PORT=8080", "DEBUG"),
        service.program().variables().stream().map(OsString::toString).toList());
  }

  @Test
  void dependencies_readiness_and_health_are_what_the_file_says() throws LayoutException {
    Service service =
        read(
            "{\"after\": [\"db\", {\"service\": \"cache\", \"when\": \"started\"}],"
                + " \"ready\": {\"http\": \"http://backend:8080/ready?x\", \"within\": \"1m\"},"
                + " \"health\": {\"tcp\": 8080, \"failures\": 5, \"then\": \"report\"}}");
    assertEquals(
        List.of(
            After.ready(ServiceId.run(new ServiceName(OsString.of("db")))),
            After.started(ServiceId.run(new ServiceName(OsString.of("cache"))))),
        service.after());
    Probe page = new Probe(new Probe.Http("10.0.0.7", 8080, "/ready?x"), SECOND, 3 * SECOND);
    assertEquals(
        Optional.of(new Readiness(new Readiness.Probed(page), 60 * SECOND, Readiness.Late.WAIT)),
        service.readiness());
    Probe port = new Probe(new Probe.Tcp("127.0.0.1", 8080), 10 * SECOND, 3 * SECOND);
    assertEquals(
        Optional.of(new Health(new Health.Probed(port), 5, Health.Then.REPORT)), service.health());
  }

  @Test
  void restarts_stops_and_ends_are_what_the_file_says() throws LayoutException {
    Service service =
        read(
            "{\"restart\": {\"pause\": \"2s\", \"pauseMax\": \"60s\", \"atMost\": 10,"
                + " \"in\": \"10m\", \"then\": \"hold\"},"
                + " \"stop\": {\"signal\": \"SIGQUIT\", \"kill\": \"20s\"}}");
    Backoff.Limit limit = new Backoff.Limit(10, 600 * SECOND, Backoff.Then.HOLD);
    Backoff backoff = new Backoff(60 * SECOND, Backoff.AS_ELSE, Optional.of(limit));
    assertEquals(Restart.afterFailure(2 * SECOND).with(backoff), service.restart());
    assertEquals(Signal.QUIT, service.stop().signal());
    assertEquals(20 * SECOND, service.stop().killAfterNanos());
    assertEquals(Meaning.Nothing.IT, service.meaning());
    assertTrue(read("{\"end\": \"code\"}").meaning() instanceof Meaning.EndsContainer);
    assertEquals(Service.Kind.ONESHOT, read("{\"kind\": \"oneshot\"}").kind());
  }

  @Test
  void what_is_wrong_is_told_with_file_line_column_and_what_is_allowed() {
    assertEquals(
        "cannot use /etc/service/api/service.json:2: column 11: restart has no member most:"
            + " the members are when, pause, pauseMax, atMost, in, then",
        complaint("{\"restart\":\n  {\"most\": 1}}").replace("column 12", "column 11"));
    assertTrue(complaint("{\"user\": \"nobody2\"}").contains("there is no user nobody2"));
    assertTrue(complaint("{\"user\": \"7\"}").contains("write \"7:GROUP\""));
    assertTrue(complaint("{\"run\": [\"api\"]}").contains("there is the file run, too"));
    assertTrue(complaint("{\"ready\": {}}").contains("write one of descriptor, notify, run"));
    assertTrue(complaint("{\"ready\": {\"tcp\": 1, \"notify\": true}}").contains("one too many"));
    assertTrue(complaint("{\"ready\": {\"tcp\": \"far:1\"}}").contains("asks no name server"));
    assertTrue(complaint("{\"ready\": {\"http\": \"file:///x\"}}").contains("http://HOST"));
    assertTrue(complaint("{\"health\": {\"tcp\": 1, \"every\": 5}}").contains("\"500ms\""));
    assertTrue(complaint("{\"restart\": {\"atMost\": 1}}").contains("member in is missing"));
    assertTrue(complaint("{\"after\": [\"nobody\"]}").contains("there is no such service"));
    assertTrue(complaint("{\"after\": [\"api\"]}").contains("it is the service itself"));
    assertTrue(complaint("{\"kind\": \"oneshot\", \"restart\": {}}").contains("it is run once"));
    assertTrue(complaint("{").contains("service.json:1: column 2: the document ends"));
  }

  @Test
  void services_that_wait_for_one_another_are_told() {
    FakeFiles files =
        files("{\"after\": [\"db\"]}")
            .with("/etc/service/db/service.json", "{\"after\": [\"api\"]}");
    files.add(OsString.of("/etc/service/api/run"));
    Variables variables =
        new Variables(new Environment(List.of()), OsString.of("/"), Findings.AT_START);
    LayoutException e =
        assertThrows(LayoutException.class, () -> new DinitLayout(files, variables).read());
    assertTrue(
        e.getMessage().contains("wait for one another: api after db after api"), e::getMessage);
  }

  /** The schema's examples can be read, and none of its objects takes a member more. */
  @Test
  void the_schema_and_the_reader_are_of_one_mind() throws Exception {
    byte[] schema = Files.readAllBytes(Path.of("../docs/service.schema.json"));
    JsonValue root = JsonReader.read(schema);
    List<JsonValue> examples = root.members().get("examples").items();
    List<String> seen = new ArrayList<>();
    for (JsonValue example : examples) {
      seen.addAll(example.members().keySet());
      read(written(example, null), !example.members().containsKey("run"));
      for (Map.Entry<String, JsonValue> member : example.members().entrySet()) {
        boolean isOpen = member.getKey().equals("environment");
        if (member.getValue().is(JsonValue.Kind.OBJECT) && !isOpen) {
          assertTrue(complaint(written(example, member.getKey())).contains("has no member bogus"));
          assertEquals(
              "false", schema(root, member.getKey()).members().get("additionalProperties").text());
        }
      }
    }
    JsonValue properties = root.members().get("properties");
    String all = complaint("{\"bogus\": 1}");
    for (String name : properties.members().keySet()) {
      assertTrue(all.contains(name), name);
      assertTrue(seen.contains(name) || name.equals("environmentFile"), name);
    }
    for (String name : List.of("ready", "health", "restart", "stop")) {
      String allowed = complaint("{\"" + name + "\": {\"bogus\": 1}}");
      String list = allowed.substring(allowed.indexOf("the members are") + 16);
      assertEquals(
          String.join(", ", schema(root, name).members().get("properties").members().keySet()),
          list);
    }
  }

  private static JsonValue schema(JsonValue root, String member) {
    return root.members().get("properties").members().get(member);
  }

  private static String written(JsonValue value, String withBogus) {
    JsonText text = new JsonText();
    write(value, text, withBogus);
    return text.toString();
  }

  private static void write(JsonValue value, JsonText to, String withBogus) {
    switch (value.kind()) {
      case OBJECT -> {
        to.beginObject();
        for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
          boolean isThat = member.getKey().equals(withBogus);
          write(member.getValue(), to.name(member.getKey()), isThat ? "" : null);
        }
        if ("".equals(withBogus)) {
          to.member("bogus", 1);
        }
        to.endObject();
      }
      case ARRAY -> {
        to.beginArray();
        value.items().forEach(item -> write(item, to, null));
        to.endArray();
      }
      case NUMBER -> to.value(Long.parseLong(value.text()));
      case BOOLEAN -> to.value(Boolean.parseBoolean(value.text()));
      case STRING -> to.value(value.text());
      case NULL -> to.nothing();
    }
  }

  @FuzzTest
  void whatIsNoServiceFileIsRefusedWithAReason(byte[] bytes) {
    FakeFiles files = files("");
    files.add(OsString.of("/etc/service/api/run"));
    files.with("/etc/service/api/service.json", bytes);
    Variables variables =
        new Variables(new Environment(List.of()), OsString.of("/"), Findings.AT_START);
    try {
      new DinitLayout(files, variables).read();
    } catch (LayoutException e) {
      assertFalse(e.advice().isEmpty(), e.getMessage());
      assertTrue(e.getMessage().startsWith("cannot use "), e.getMessage());
    }
  }
}
