package dev.gatun.clients;

import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.EventQueue;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.Event.ServicesScanned.Problem;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the machine of services that appear and vanish, and of changes of their hooks. Whatever has
 * changed in a directory, all directories are looked at anew: that is cheap, and nothing can be
 * missed.
 */
public final class ServiceArrivals implements Poll.Handler {
  /** A directory that changes while it is looked at is looked at again, but not for ever. */
  private static final int MAX_SCANS = 10;

  private final Shell shell;
  private final EventQueue events;
  private final ServiceSource source;
  private final DirectoryWatch watch;
  private final Taker taker;
  private final Map<ServiceName, Told> told = new HashMap<>();
  private boolean scannedBefore;

  /** Takes charge of services that are found. */
  public interface Taker {

    /**
     * Takes a service before the machine is told of it; why it cannot be taken, otherwise.
     *
     * @param comesBack whether it has been here before and was told to exit: it need not begin at
     *     once, and whoever waits for its end is to see that until it does
     */
    Optional<String> take(ServiceScan.Found found, boolean comesBack);
  }

  /** What the machine has been told of a service, until nothing is left of that. */
  private static final class Told {
    private final Service service;
    private final String identity;
    private Hooks hooks;
    private boolean vanished;
    private boolean released;

    private Told(ServiceScan.Found found) {
      service = found.service();
      identity = found.identity();
      hooks = service.hooks();
    }
  }

  public ServiceArrivals(Shell shell, ServiceSource source, DirectoryWatch watch, Taker taker) {
    this.shell = shell;
    this.events = shell.events();
    this.source = source;
    this.watch = watch;
    this.taker = taker;
  }

  /** Tells of all that there is, and from now on of what changes. */
  public void find() {
    if (watch.descriptor() >= 0) {
      shell.poll().watch(watch.descriptor(), Interest.READABLE, this);
    }
    scan();
  }

  @Override
  public void ready() {
    if (watch.hasChanged()) {
      scan();
    }
  }

  /** Looks at once, unless it is not the time of services yet. */
  public void look() {
    if (scannedBefore) {
      scan();
    }
  }

  /** Nothing is left of a service: the next look tells of what is in its place. */
  public void released(ServiceName service) {
    Told known = told.get(service);
    if (known != null) {
      known.released = true;
    }
  }

  private void scan() {
    ServiceScan scan = source.scan();
    int refusal = watchAll(scan);
    List<OsString> before = List.of();
    // What changed before it was watched is seen by looking once more.
    for (int i = 1; i < MAX_SCANS && !scan.watched().equals(before); i++) {
      before = scan.watched();
      scan = source.scan();
      refusal = watchAll(scan);
    }
    List<Problem> problems = problems(scan);
    if (refusal < 0) {
      problems.add(unwatched(-refusal));
    }
    tellOfVanished(scan);
    boolean allTaken = tellOfFound(scan, problems);
    events.post(new Event.ServicesScanned(events.nowNanos(), problems, refusal < 0 || !allTaken));
  }

  /** Zero, or why one of them is not watched, as a negative errno. */
  private int watchAll(ServiceScan scan) {
    int refusal = Math.min(0, watch.descriptor());
    for (OsString directory : scan.watched()) {
      refusal = Math.min(refusal, watch.add(directory));
    }
    return refusal;
  }

  /** What is there when all is looked at first stays; later it may be in the making. */
  private List<Problem> problems(ServiceScan scan) {
    List<Problem> problems = new ArrayList<>();
    for (String problem : scan.problems()) {
      problems.add(new Problem(problem, scannedBefore));
    }
    scannedBefore = true;
    return problems;
  }

  private Problem unwatched(int error) {
    String text =
        "cannot watch the service directory: "
            + shell.kernel().explain(error)
            + ": looking at it every five seconds instead";
    return new Problem(text, false);
  }

  private void tellOfVanished(ServiceScan scan) {
    Map<ServiceName, ServiceScan.Found> there = new HashMap<>();
    for (ServiceScan.Found found : scan.services()) {
      there.put(found.service().id().name(), found);
    }
    Iterator<Map.Entry<ServiceName, Told>> all = told.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<ServiceName, Told> known = all.next();
      Told before = known.getValue();
      ServiceScan.Found now = there.get(known.getKey());
      if (before.released) {
        if (before.vanished || now == null) {
          all.remove();
        }
      } else if (now != null && now.identity().equals(before.identity)) {
        tellOfHooks(before, now.service().hooks());
      } else if (!before.vanished) {
        before.vanished = true;
        tellOfHooks(before);
        events.post(new Event.ServiceVanished(events.nowNanos(), known.getKey()));
      }
    }
  }

  /** Whether each that is there is the machine's now. */
  private boolean tellOfFound(ServiceScan scan, List<Problem> problems) {
    boolean allTaken = true;
    for (ServiceScan.Found found : scan.services()) {
      ServiceName name = found.service().id().name();
      Told before = told.get(name);
      boolean isKnown = before != null && !before.released;
      if (isKnown || !found.isComplete()) {
        continue;
      }
      Optional<String> obstacle = taker.take(found, before != null);
      if (obstacle.isEmpty()) {
        told.put(name, new Told(found));
        events.post(new Event.ServiceFound(events.nowNanos(), found.services()));
      } else {
        allTaken = false;
        problems.add(new Problem(obstacle.get(), false));
      }
    }
    return allTaken;
  }

  /** Tells what has changed of a service's hooks, before something is told that has them run. */
  public void lookAtHooks(ServiceName service) {
    Told known = told.get(service);
    if (known != null) {
      tellOfHooks(known);
    }
  }

  /** The same of all services. */
  public void lookAtAllHooks() {
    for (Told known : told.values()) {
      tellOfHooks(known);
    }
  }

  /** The same of all services whose hooks the end of a process may have run. */
  public void lookAtHooksBefore(Incarnation ended) {
    boolean isServices = ended.stage().owner() == Stage.RUN || ended.stage() == Stage.LOG;
    Told known = isServices ? told.get(ended.service()) : null;
    if (known == null || known.service.meaning() != Meaning.Nothing.IT) {
      lookAtAllHooks();
    } else if (ended.stage() == Stage.RUN) {
      tellOfHooks(known);
    }
  }

  private void tellOfHooks(Told known) {
    tellOfHooks(known, source.hooks(known.service.program().directory()));
  }

  private void tellOfHooks(Told known, Hooks now) {
    if (!known.released && !now.equals(known.hooks)) {
      known.hooks = now;
      events.post(new Event.HooksChanged(events.nowNanos(), known.service.id(), now));
    }
  }
}
