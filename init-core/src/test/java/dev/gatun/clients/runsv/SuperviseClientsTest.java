package dev.gatun.clients.runsv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.clients.ServiceSource;
import dev.gatun.kernel.Poll;
import dev.gatun.linux.LinuxDirectoryWatch;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.linux.LinuxSuperviseDirectory;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.model.Level;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import dev.gatun.plan.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service directory with one service and its log program, on the real kernel. */
class SuperviseClientsTest {
  private static final ServiceName WEB = ServiceName.of("web");

  private final List<String> said = new ArrayList<>();
  private final LinuxKernel kernel = new LinuxKernel();
  private final Poll poll = new Poll(kernel);
  private final Shell shell = new Shell(kernel, poll, null, 0, this::say);
  private Hooks hooks = Hooks.NONE;
  private SuperviseClients clients;

  @TempDir Path directory;

  private void say(Level level, String text) {
    said.add(level + ": " + text);
  }

  private final class Source implements ServiceSource {
    @Override
    public ServiceScan scan() {
      ServiceId log = ServiceId.log(WEB);
      List<Service> services =
          List.of(
              service(ServiceId.run(WEB), directory.resolve("web"), Wiring.writingTo(log))
                  .with(hooks),
              service(log, directory.resolve("web/log"), Wiring.readingFrom(ServiceId.run(WEB))));
      return new ServiceScan(
          List.of(new ServiceScan.Found(services, "1")), List.of(path(directory)), List.of());
    }

    @Override
    public Hooks hooks(OsString of) {
      return hooks;
    }
  }

  private static OsString path(Path path) {
    return OsString.of(path.toString());
  }

  private static Service service(ServiceId id, Path where, Wiring wiring) {
    Program program = Program.of(path(where.resolve("run")), path(where));
    return Service.longrun(id, program).wiring(wiring).takesOrders().build();
  }

  private static Hooks withFinish() {
    Program finish = Program.of(OsString.of("/finish"), OsString.of("/"));
    ExitArguments arguments = new ExitArguments(-1, 128, List.of());
    return new Hooks(Optional.of(new Hooks.Finish(finish, arguments)), List.of());
  }

  @BeforeEach
  void makeClients() throws IOException {
    Files.createDirectories(directory.resolve("web/log"));
    clients =
        new SuperviseClients(
            shell, LinuxSuperviseDirectory::new, new Source(), new LinuxDirectoryWatch());
  }

  private List<Event> posted() {
    List<Event> all = new ArrayList<>();
    while (!shell.events().isEmpty()) {
      all.add(shell.events().remove());
    }
    return all;
  }

  private void find() {
    clients.findServices();
    assertTrue(posted().getFirst() instanceof Event.ServiceFound);
    publish(ServiceId.run(WEB), ServiceStatus.Activity.DOWN, ServiceStatus.NO_PID);
    publish(ServiceId.log(WEB), ServiceStatus.Activity.DOWN, ServiceStatus.NO_PID);
  }

  private void publish(ServiceId service, ServiceStatus.Activity activity, int pid) {
    clients.publish(
        service, new ServiceStatus(activity, pid, false, ServiceStatus.Wanted.UP, false, true, 0));
  }

  private List<Event> writes(String where, String letters) throws IOException {
    Files.writeString(supervise(where).resolve("control"), letters, StandardOpenOption.WRITE);
    poll.await(0);
    poll.tellHandlers();
    return posted();
  }

  private Path supervise(String where) {
    return directory.resolve(where).resolve("supervise");
  }

  @Test
  void letters_become_orders_to_the_service_and_to_its_log_program() throws IOException {
    find();
    assertEquals(
        List.of(
            new Event.OrderReceived(0, ServiceId.run(WEB), Order.TERMINATE),
            new Event.OrderReceived(0, ServiceId.run(WEB), Order.UP)),
        writes("web", "t?u"));
    assertEquals(
        List.of(new Event.OrderReceived(0, ServiceId.log(WEB), Order.DOWN)),
        writes("web/log", "d"));
  }

  @Test
  void hooks_that_have_come_are_told_before_an_order() throws IOException {
    find();
    hooks = withFinish();
    assertEquals(
        List.of(
            new Event.HooksChanged(0, ServiceId.run(WEB), hooks),
            new Event.OrderReceived(0, ServiceId.run(WEB), Order.DOWN)),
        writes("web", "d"));
  }

  @Test
  void clients_see_what_a_service_is_doing() throws IOException {
    find();
    publish(ServiceId.run(WEB), ServiceStatus.Activity.RUN, 17);
    assertEquals("run\n", Files.readString(supervise("web").resolve("stat")));
    assertEquals("17\n", Files.readString(supervise("web").resolve("pid")));
    assertEquals("down\n", Files.readString(supervise("web/log").resolve("stat")));
  }

  @Test
  void a_service_that_another_supervisor_has_is_no_service_until_that_is_gone() {
    LinuxSuperviseDirectory other = new LinuxSuperviseDirectory(path(supervise("web")));
    assertTrue(other.open() >= 0);
    clients.findServices();
    String problem =
        "service web is not started: another supervisor has locked "
            + supervise("web")
            + "/lock: stop that one, or give each its own service directory";
    assertEquals(
        List.of(
            new Event.ServicesScanned(
                0, List.of(new Event.ServicesScanned.Problem(problem, false)), true)),
        posted());
    other.close();
    clients.findServices();
    List<Event> events = posted();
    assertTrue(events.getFirst() instanceof Event.ServiceFound);
    assertEquals(new Event.ServicesScanned(0, List.of(), false), events.getLast());
  }

  @Test
  void nobody_is_behind_a_service_that_was_told_to_exit_until_it_begins_again() {
    find();
    assertTrue(isSupervised());
    clients.release(WEB);
    assertFalse(isSupervised());
    clients.findServices();
    assertTrue(posted().getFirst() instanceof Event.ServiceFound);
    assertFalse(isSupervised());
    publish(ServiceId.run(WEB), ServiceStatus.Activity.DOWN, ServiceStatus.NO_PID);
    assertTrue(isSupervised());
  }

  /** Whoever gets the lock is alone. */
  private boolean isSupervised() {
    LinuxSuperviseDirectory probe = new LinuxSuperviseDirectory(path(supervise("web")));
    boolean isLocked = probe.open() < 0;
    probe.close();
    return isLocked;
  }
}
