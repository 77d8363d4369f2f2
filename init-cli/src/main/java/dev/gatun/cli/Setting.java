package dev.gatun.cli;

import java.util.List;

/**
 * A variable that Gatun reads. All of them stand here and nowhere else: the table of README.md, the
 * list of {@code gatun --help} and the manual page are made of these, and a test finds what is
 * missing.
 *
 * @param group where it means something
 * @param names the variable, or several that belong together
 * @param meaning what it says, with what is typed in `backticks`
 * @param otherwise what holds without it, likewise; empty where the meaning says it
 */
record Setting(Group group, String names, String meaning, String otherwise) {
  /** Where a variable means something. */
  enum Group {
    EVERYWHERE("In every container"),
    COMMAND("Beside a command"),
    STARTED_AGAIN("With runit, Klein, baseimage-docker and s6-overlay"),
    RUNIT("With runit"),
    KLEIN("With Klein"),
    BASEIMAGE("With baseimage-docker"),
    S6("With s6-overlay"),
    JVM("Gatun's own Java");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private static final String NONE = "none";
  private static final String SERVICES = "`/etc/service`";

  static final List<Setting> ALL =
      List.of(
          new Setting(
              Group.EVERYWHERE,
              "GATUN_LAYOUT",
              "`dinit`, `runit`, `klein`, `baseimage`, `s6` or `sysv`; beside a command also"
                  + " `command`, for no services",
              "by the files that are there"),
          new Setting(Group.EVERYWHERE, "DINIT_DIR", "the service directory", SERVICES),
          new Setting(
              Group.EVERYWHERE,
              "DINIT_JSON_STDOUT",
              "`0`: lines are text, with time, service and stage in front, instead of JSON",
              "JSON"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_JSON",
              "`check`: a line that is not one valid JSON object goes to standard error; `strict`:"
                  + " it becomes `{\"message\":LINE,\"invalid\":true}`; `trust`: only the braces at"
                  + " both ends are looked at, which is quicker",
              "`check`"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_LINE_MAX",
              "bytes of a line, 64 to 67108864; longer ones are passed on in parts",
              "1048576"),
          new Setting(
              Group.EVERYWHERE,
              "DINIT_LOG_LEVEL",
              "what Gatun itself says: `none`, `error`, `warn`, `info` or `debug`",
              "`warn`"),
          new Setting(
              Group.EVERYWHERE,
              "DINIT_REPARENTING_POLICY",
              "what happens to processes that lose their parent: `terminate`, `adopt` or `ignore`",
              "`terminate`"),
          new Setting(
              Group.EVERYWHERE,
              "DINIT_KILL_TIMEOUT",
              "seconds from TERM to KILL for processes that have lost their parent",
              "`GATUN_KILL_TIMEOUT`'s, else 30"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_KILL_TIMEOUT",
              "seconds from TERM to KILL for services, and for what a command leaves behind",
              "never; behind a command 5"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_STOP_SIGNALS",
              "more signals that end the container in order, as `WINCH USR1`",
              "none; always TERM, INT, QUIT, RTMIN+3"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_FORWARD",
              "signals that are passed on to all services, as `HUP USR1`",
              NONE),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_DRAIN_TIMEOUT",
              "seconds to wait at the end for a reader that takes nothing",
              "5"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_JOURNAL",
              "a file, or `fd:N` for an open descriptor, to record every event and decision in; a"
                  + " file that was there becomes `FILE.1`",
              NONE),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_JOURNAL_MAX",
              "bytes of the journal and its older part together",
              "16777216"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_CONTROL",
              "the socket that `gatun status`, `start`, `stop` and the like talk to; `off`: none",
              "`/run/gatun/control`"),
          new Setting(
              Group.EVERYWHERE,
              "GATUN_HTTP",
              "where `/readyz`, `/metrics` and the like are answered: `127.0.0.1:9901`,"
                  + " `unix:PATH`",
              "none"),
          new Setting(
              Group.COMMAND,
              "TINI_SUBREAPER, TINI_VERBOSITY, TINI_KILL_PROCESS_GROUP",
              "as tini has them, for a link that is named `tini`",
              ""),
          new Setting(
              Group.COMMAND,
              "DUMB_INIT_SETSID, DUMB_INIT_DEBUG",
              "as dumb-init has them, for a link that is named `dumb-init`",
              ""),
          new Setting(Group.STARTED_AGAIN, "SVDIR", "the service directory", SERVICES),
          new Setting(
              Group.STARTED_AGAIN,
              "GATUN_EXIT_ON",
              "`NAME[,NAME]`: services whose end ends the container, with their exit code",
              NONE),
          new Setting(
              Group.STARTED_AGAIN,
              "GATUN_LOG",
              "`raw`: services without `log/run` write to the container's own output",
              "lines with time and service in front"),
          new Setting(
              Group.STARTED_AGAIN,
              "GATUN_INIT_FAILURE",
              "`continue`: go on when one of the programs that are run once fails",
              "`stop`"),
          new Setting(Group.RUNIT, "RUNIT_DIR", "the directory of the stages", "`/etc/runit`"),
          new Setting(
              Group.KLEIN, "GATUN_INIT_DIR", "the directory of what is run once", "`/etc/init`"),
          new Setting(
              Group.BASEIMAGE,
              "GATUN_BASEIMAGE_DIR",
              "where `my_init.d` and the like are",
              "`/etc`"),
          new Setting(
              Group.BASEIMAGE,
              "ENV_INIT_DIRECTORY, KILL_PROCESS_TIMEOUT, KILL_ALL_PROCESSES_TIMEOUT",
              "as `my_init` has them",
              ""),
          new Setting(Group.S6, "GATUN_S6_DIR", "what stands in the place of `/etc`", "`/etc`"),
          new Setting(Group.S6, "GATUN_S6_RUN", "what stands in the place of `/run`", "`/run`"),
          new Setting(
              Group.S6,
              "S6_BEHAVIOUR_IF_STAGE2_FAILS, S6_SERVICES_GRACETIME, S6_KILL_GRACETIME and others",
              "as s6-overlay has them: docs/coming-from-s6-overlay.md",
              ""),
          new Setting(
              Group.JVM,
              "GATUN_JAVA",
              "the `java` to run Gatun with",
              "`JAVA_HOME`'s if that is 22 or newer, else the `PATH`'s"),
          new Setting(Group.JVM, "GATUN_JAVA_OPTS", "more options for Gatun's own JVM", NONE));
}
