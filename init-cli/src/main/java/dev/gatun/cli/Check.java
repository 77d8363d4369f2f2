package dev.gatun.cli;

import dev.gatun.layout.Finding;
import dev.gatun.layout.Inspection;
import dev.gatun.layout.Layouts;
import dev.gatun.layout.Meaningless;
import dev.gatun.layout.Programs;
import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** {@code gatun check [--json] [DIR]}: looks at a service tree before a container does. */
final class Check {
  private final boolean json;
  private final OsString directory;

  private Check(boolean json, OsString directory) {
    this.json = json;
    this.directory = directory;
  }

  /**
   * Reads the arguments behind {@code check}.
   *
   * @throws IllegalArgumentException whose message says which argument cannot be used
   */
  static Check of(List<String> arguments) {
    boolean json = false;
    OsString directory = null;
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        json = true;
      } else if (argument.startsWith("-") || argument.isEmpty() || directory != null) {
        throw new IllegalArgumentException(argument);
      } else {
        directory = OsString.of(argument);
      }
    }
    return new Check(json, directory);
  }

  Inspection run() {
    LinuxFiles files = new LinuxFiles();
    Environment environment = LauncherEnvironment.restore(LinuxEnvironment.read());
    OsString here = LinuxEnvironment.workingDirectory();
    OsString given = directory == null ? null : here.resolveAbsolute(directory);
    Programs programs = new Programs(files, ProgramAdvice.searchPath(environment));
    Inspection result = new Layouts(files, environment, here).check(programs, given);
    List<Finding> findings = new ArrayList<>(jvm(environment));
    findings.addAll(Meaningless.find(environment, result.isSupervised()));
    findings.addAll(result.findings());
    return result.with(findings);
  }

  /** What is wrong with the variables that name Gatun's JVM and its options. */
  private static List<Finding> jvm(Environment environment) {
    try {
      ChosenJvm.of(environment);
      return List.of();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      int equals = message.indexOf('=');
      int colon = message.indexOf(": ", equals);
      String name = message.substring(message.lastIndexOf(' ', equals) + 1, equals);
      String problem = "its value " + message.substring(equals + 1, colon) + " cannot be used";
      return List.of(Finding.ofVariable(name, problem, message.substring(colon + 2)));
    }
  }

  String text(Inspection result) {
    return json ? jsonText(result) : plainText(result);
  }

  /** As compilers do it: {@code FILE:LINE: SEVERITY: PROBLEM: ADVICE}, and a summary. */
  private static String plainText(Inspection result) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : result.findings()) {
      text.append(finding.where());
      if (finding.line() > 0) {
        text.append(':').append(finding.line());
      }
      text.append(": ").append(severity(finding)).append(": ").append(finding.text()).append('\n');
    }
    return text.append(result.directory())
        .append(": ")
        .append(counted(result.services().size(), "service"))
        .append(", ")
        .append(counted(result.errors(), "error"))
        .append(", ")
        .append(counted(result.warnings(), "warning"))
        .append('\n')
        .toString();
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String severity(Finding finding) {
    return finding.isError() ? "error" : "warning";
  }

  private static String jsonText(Inspection result) {
    List<Object> findings = new ArrayList<>();
    for (Finding finding : result.findings()) {
      findings.add(json(finding));
    }
    List<String> services = new ArrayList<>();
    for (OsString service : result.services()) {
      services.add(service.toString());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("directory", result.directory().toString());
    document.put("ok", result.errors() == 0);
    document.put("errors", result.errors());
    document.put("warnings", result.warnings());
    document.put("services", services);
    document.put("findings", findings);
    return JSON.std.asString(document) + "\n";
  }

  /** Members that make no sense for a finding are left out. */
  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("severity", severity(finding));
    members.put("code", finding.code());
    finding.service().ifPresent(name -> members.put("service", name.toString()));
    members.put(
        finding.code().equals("variable") ? "variable" : "file", finding.where().toString());
    if (finding.line() > 0) {
      members.put("line", finding.line());
    }
    members.put("problem", finding.problem());
    members.put("advice", finding.advice());
    return members;
  }
}
