package dev.gatun.clients.sysv;

import dev.gatun.kernel.InitFiles;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.RequestPipe;
import dev.gatun.loop.Clients;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.level.LevelAction;
import dev.gatun.machine.level.LevelRequest;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.InitEntries;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Power;
import java.io.IOException;
import java.util.Optional;

/**
 * Those who ask an init for something through {@code /run/initctl}, and those who look into the
 * records of logins.
 */
public final class InitClients implements Clients, Poll.Handler {
  /** Who writes without end is heard again in the next turn. */
  private static final int MAX_REQUESTS_A_TURN = 16;

  private static final long NANOS_A_SECOND = 1_000_000_000;
  private static final int MAX_SLEEP_SECONDS = 999_999_999;
  private static final String LETTERS = "0123456789SsQqUuAaBbCc";
  private static final int NONE = -1;

  private final Shell shell;
  private final RequestPipe pipe;
  private final EntrySource source;
  private final InitFiles files;
  private final long buffer;
  private int descriptor = NONE;
  private boolean hears = true;
  private boolean hasBegun;
  private boolean isRefused;
  private boolean hasNoRecords;

  public InitClients(Shell shell, RequestPipe pipe, EntrySource source, InitFiles files) {
    this.shell = shell;
    this.pipe = pipe;
    this.source = source;
    this.files = files;
    this.buffer = shell.kernel().memory().allocate(InitRequest.BYTES);
  }

  /** At first requests are heard; whenever it is asked for again, the entries are read anew. */
  @Override
  public void findServices() {
    if (!hasBegun) {
      hasBegun = true;
      try {
        files.clearCurrent();
      } catch (IOException e) {
        refuseRecords(e);
      }
      listen();
      return;
    }
    try {
      InitEntries read = source.read();
      for (InitEntries.Problem problem : read.problems()) {
        say(problem.said());
      }
      ask(new LevelRequest.Reread(read.services(), read.runlevels()));
    } catch (IOException e) {
      say("cannot read the inittab again: " + e.getMessage() + ": what it said before holds");
    }
  }

  private void ask(LevelRequest request) {
    shell.events().post(new Event.LevelRequested(shell.events().nowNanos(), request));
  }

  private void say(String text) {
    shell.reports().report(Level.WARNING, text);
  }

  private void listen() {
    stopListening();
    descriptor = pipe.open();
    if (descriptor >= 0) {
      isRefused = false;
      shell.poll().watch(descriptor, Interest.READABLE, this);
    } else if (!isRefused) {
      isRefused = true;
      say(
          "cannot hear requests at "
              + pipe
              + ": "
              + shell.kernel().explain(-descriptor)
              + ": telinit and shutdown will not reach this init: let it write there");
    }
  }

  private void stopListening() {
    if (descriptor >= 0) {
      shell.poll().forget(descriptor);
      pipe.close();
      descriptor = NONE;
    }
  }

  /** Programs may have put something else over the directory that the pipe is in. */
  private void listenAnew() {
    if (hears && !pipe.isThere()) {
      listen();
    }
  }

  @Override
  public void act(LevelAction action) {
    switch (action) {
      case LevelAction.ShowLevel it -> showLevel(it.previous(), it.level());
      case LevelAction.ShowProcess it -> showProcess(it);
      case LevelAction.LookAtPower it -> lookAtPower();
      case LevelAction.HearRequests it -> hearRequests(it.open());
    }
  }

  private void hearRequests(boolean open) {
    hears = open;
    if (open) {
      listen();
    } else {
      stopListening();
    }
  }

  @Override
  public void ready() {
    Memory memory = shell.kernel().memory();
    byte[] bytes = new byte[InitRequest.BYTES];
    for (int i = 0; i < MAX_REQUESTS_A_TURN && descriptor >= 0; i++) {
      long count = shell.kernel().read(descriptor, buffer, InitRequest.BYTES);
      if (count <= 0) {
        return;
      }
      for (int at = 0; at < count; at++) {
        bytes[at] = memory.get(buffer + at);
      }
      if (InitRequest.isOne(bytes, (int) count)) {
        hear(InitRequest.of(bytes));
      } else {
        say("INIT: got bogus initrequest");
      }
    }
  }

  private void hear(InitRequest request) {
    switch (request.command()) {
      case RUNLEVEL -> hearLevel(request);
      case POWER_FAILING -> ask(new LevelRequest.PowerIs(Power.FAILING));
      case POWER_FAILING_NOW -> ask(new LevelRequest.PowerIs(Power.FAILING_NOW));
      case POWER_BACK -> ask(new LevelRequest.PowerIs(Power.BACK));
      case VARIABLES -> request.variables().forEach(this::hear);
      case UNKNOWN -> say("INIT: got unimplemented initrequest.");
    }
  }

  private void hearLevel(InitRequest request) {
    int level = request.level();
    boolean isKnown = level > 0 && level < 0x80 && LETTERS.indexOf((char) level) >= 0;
    if (!isKnown) {
      say("INIT: got a request for a runlevel that there is not: " + level);
      return;
    }
    long seconds = Math.clamp(request.sleepSeconds(), 0, MAX_SLEEP_SECONDS);
    ask(new LevelRequest.Enter(String.valueOf((char) level), seconds * NANOS_A_SECOND));
  }

  private void hear(OsString variable) {
    int equals = variable.indexOf('=');
    String name = (equals < 0 ? variable : variable.substring(0, equals)).toString();
    Optional<OsString> value =
        equals < 0 ? Optional.empty() : Optional.of(variable.substring(equals + 1));
    ask(new LevelRequest.SetVariable(name, value));
  }

  private void lookAtPower() {
    Power power =
        switch (files.takePowerStatus()) {
          case 'O' -> Power.BACK;
          case 'L' -> Power.FAILING_NOW;
          default -> Power.FAILING;
        };
    ask(new LevelRequest.PowerIs(power));
  }

  private void showLevel(String previous, String level) {
    listenAnew();
    long millis = shell.kernel().realtimeMillis();
    if (level.equals(Runlevels.BOOT)) {
      record(LoginRecord.boot(files.kernelRelease(), millis));
    }
    if (!Runlevels.isLevel(level)) {
      return;
    }
    char before = previous.charAt(0);
    record(LoginRecord.level(before, level.charAt(0), files.kernelRelease(), millis));
    try {
      files.showLevel(level);
    } catch (IOException e) {
      refuseRecords(e);
    }
  }

  private void showProcess(LevelAction.ShowProcess process) {
    listenAnew();
    long millis = shell.kernel().realtimeMillis();
    record(LoginRecord.process(process.name(), process.pid(), process.lives(), millis));
  }

  private void record(byte[] record) {
    try {
      files.put(record, there -> LoginRecord.isPlaceOf(record, there));
      files.append(record);
    } catch (IOException e) {
      refuseRecords(e);
    }
  }

  private void refuseRecords(IOException cause) {
    if (!hasNoRecords) {
      hasNoRecords = true;
      shell.reports().report(Level.INFO, "cannot record runlevels: " + cause.getMessage());
    }
  }

  /** What nobody sees: these clients do not look at services. */
  @Override
  public void publish(ServiceId service, ServiceStatus status) {}

  @Override
  public void release(ServiceName service) {}

  @Override
  public void beforeEnd(Incarnation who) {}

  @Override
  public void beforeEndOfContainer() {}
}
