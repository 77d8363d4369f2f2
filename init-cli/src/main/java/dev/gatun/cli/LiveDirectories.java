package dev.gatun.cli;

import dev.gatun.clients.s6.LivePlaces;
import dev.gatun.kernel.EventDirectory;
import dev.gatun.kernel.FileWriter;
import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.layout.LiveServices;
import dev.gatun.linux.LinuxEventDirectory;
import dev.gatun.linux.LinuxFileWriter;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.LinuxSuperviseDirectory;
import dev.gatun.loop.PendingReports;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Stage;
import dev.gatun.plan.Service;
import java.io.IOException;

/** Live directories of services. Loaded only where there are some. */
final class LiveDirectories implements LivePlaces {
  private static final int MAX_CODE_BYTES = 16;
  private static final int MOST_CODE = 255;

  private final LiveServices services;
  private final PendingReports reports;
  private final ProgramFiles files = new LinuxFiles();
  private final FileWriter writer = new LinuxFileWriter();

  LiveDirectories(LiveServices services, PendingReports reports) {
    this.services = services;
    this.reports = reports;
  }

  @Override
  public SuperviseDirectory at(OsString path) {
    return new LinuxSuperviseDirectory(path, true);
  }

  @Override
  public EventDirectory events(OsString path) {
    return new LinuxEventDirectory(path);
  }

  /** What stands in the service's own directory stays there, and is linked to. */
  @Override
  public void make(Service service) {
    OsString live = service.program().directory();
    OsString path = service.program().path();
    OsString own = path.substring(0, path.lastIndexOf('/'));
    if (live.equals(own)) {
      return;
    }
    try {
      writer.makeDirectory(live);
      for (OsString name : files.list(own)) {
        if (isLinked(service, name)) {
          writer.link(live.resolve(name), own.resolve(name));
        }
      }
    } catch (IOException e) {
      reports.report(Level.WARNING, "cannot prepare " + live + ": " + e.getMessage());
    }
  }

  /** A service and its log program have what clients see of them in the live directory. */
  private static boolean isLinked(Service service, OsString name) {
    boolean isOfClients = is(name, "supervise") || is(name, "event");
    boolean isLog = is(name, "log") && service.id().stage() == Stage.RUN;
    return !isOfClients && !(isLog && service.wiring().output().isPresent());
  }

  private static boolean is(OsString name, String text) {
    return name.equals(OsString.of(text));
  }

  @Override
  public void markDown(OsString directory, boolean isDown) {
    OsString file = directory.resolve("down");
    try {
      if (isDown) {
        writer.writeForAll(file, new byte[0]);
      } else {
        writer.remove(file);
      }
    } catch (IOException e) {
      String what = isDown ? "write " : "remove ";
      reports.report(Level.WARNING, "cannot " + what + file + ": " + e.getMessage());
    }
  }

  /** What is no number has not been written by a program that meant it. */
  @Override
  public int exitCode() {
    int code = 0;
    int digits = 0;
    for (byte b : files.head(services.exitCodeFile(), MAX_CODE_BYTES)) {
      int digit = b - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      code = code * 10 + digit;
      digits++;
    }
    return digits == MAX_CODE_BYTES ? 0 : code & MOST_CODE;
  }
}
