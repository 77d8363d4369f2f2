/*
 * Tells all that a program is given by exec, a line each, and makes all of it odd for a program that
 * it executes.
 *
 *   inherited tell FILE [ARG...]     writes it to FILE
 *   inherited odd COMMAND [ARG...]   changes whatever can be changed, and executes COMMAND
 *   run                              writes it to the file told of the working directory
 *
 * What fork does not hand on is left out: timers, the parent-death signal, subreapers, sessions.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;
static FILE *out;

static void escaped(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = text[i];
    if (c > ' ' && c < 127 && c != '\\') {
      fputc(c, out);
    } else {
      fprintf(out, "\\%02x", c);
    }
  }
  fputc('\n', out);
}

static size_t contents(const char *path, char *into, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  size_t length = 0;
  ssize_t count;
  while (fd >= 0 && length < size - 1 && (count = read(fd, into + length, size - 1 - length)) > 0) {
    length += count;
  }
  into[length] = 0;
  close(fd);
  return length;
}

/* Which lines of /proc/self/status are inherited; what is not named here is a process's own. */
static const char *const STATUS[] = {
  "Umask", "Uid", "Gid", "Groups", "THP_enabled", "untag_mask", "SigBlk", "SigIgn", "SigCgt",
  "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters",
  "Speculation_Store_Bypass", "SpeculationIndirectBranch", "Cpus_allowed", "Mems_allowed",
  "x86_Thread_features", "x86_Thread_features_locked",
};

static void status(void) {
  static char text[65536];
  contents("/proc/self/status", text, sizeof text);
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
    for (size_t i = 0; i < sizeof STATUS / sizeof *STATUS; i++) {
      size_t length = strlen(STATUS[i]);
      if (!strncmp(line, STATUS[i], length) && line[length] == ':') {
        fprintf(out, "status %s\n", line);
      }
    }
    if (!strncmp(line, "SigQ:", 5)) {
      fprintf(out, "status SigQ limit %s\n", strchr(line, '/'));
    }
  }
}

static const char *const FILES[] = {
  "oom_score_adj", "coredump_filter", "timerslack_ns", "personality", "loginuid", "sessionid",
  "cgroup", "cpuset", "setgroups", "uid_map", "gid_map", "projid_map", "timens_offsets",
  "attr/current", "attr/exec", "attr/fscreate",
};

static const char *const LINKS[] = {
  "root", "ns/cgroup", "ns/ipc", "ns/net", "ns/time", "ns/user", "ns/uts",
};

static void files(void) {
  static char text[65536];
  char path[256];
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
    snprintf(path, sizeof path, "/proc/self/%s", FILES[i]);
    size_t length = contents(path, text, sizeof text);
    fprintf(out, "%s ", FILES[i]);
    escaped(text, length);
  }
  for (size_t i = 0; i < sizeof LINKS / sizeof *LINKS; i++) {
    snprintf(path, sizeof path, "/proc/self/%s", LINKS[i]);
    ssize_t length = readlink(path, text, sizeof text);
    fprintf(out, "%s ", LINKS[i]);
    escaped(text, length < 0 ? 0 : length);
  }
  /* A session has an autogroup of its own; how nice it is, is inherited. Who never was in a session
     that was made by setsid is in none, which is as nice as a new one. */
  contents("/proc/self/autogroup", text, sizeof text);
  char *nice = strstr(text, " nice ");
  fprintf(out, "autogroup %s\n", nice ? nice : " nice 0\n");
}

static void scheduling(void) {
  struct sched_param parameter;
  sched_getparam(0, &parameter);
  fprintf(out, "nice %d\n", getpriority(PRIO_PROCESS, 0));
  fprintf(out, "scheduler %d %d\n", sched_getscheduler(0), parameter.sched_priority);
  fprintf(out, "ioprio %ld\n", syscall(SYS_ioprio_get, 1, 0));
  int mode = -1;
  unsigned long nodes[16] = {0};
  syscall(SYS_get_mempolicy, &mode, nodes, 1024, 0, 0);
  fprintf(out, "mempolicy %d %lx\n", mode, nodes[0]);
}

static void operations(void) {
  fprintf(out, "dumpable %d\n", prctl(PR_GET_DUMPABLE));
  fprintf(out, "keepcaps %d\n", prctl(PR_GET_KEEPCAPS));
  fprintf(out, "securebits %d\n", prctl(PR_GET_SECUREBITS));
  fprintf(out, "timerslack %d\n", prctl(PR_GET_TIMERSLACK));
  fprintf(out, "thp_disable %d\n", prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0));
  fprintf(out, "mce_kill %d\n", prctl(PR_MCE_KILL_GET, 0, 0, 0, 0));
  fprintf(out, "no_new_privs %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  fprintf(out, "memory_merge %d\n", prctl(68, 0, 0, 0, 0));
  fprintf(out, "mdwe %d\n", prctl(66, 0, 0, 0, 0));
  fprintf(out, "securebits %d\n", prctl(PR_GET_SECUREBITS));
  fprintf(out, "timerslack %d\n", prctl(PR_GET_TIMERSLACK));
  fprintf(out, "thp_disable %d\n", prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0));
  fprintf(out, "mce_kill %d\n", prctl(PR_MCE_KILL_GET, 0, 0, 0, 0));
  fprintf(out, "no_new_privs %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  fprintf(out, "memory_merge %d\n", prctl(68, 0, 0, 0, 0));
  fprintf(out, "mdwe %d\n", prctl(66, 0, 0, 0, 0));
  fprintf(out, "secure %ld\n", getauxval(AT_SECURE));
}

static void descriptors(void) {
  DIR *directory = opendir("/proc/self/fd");
  for (int fd = 0; fd < 1024; fd++) {
    if (fcntl(fd, F_GETFD) >= 0 && fd != dirfd(directory) && fd != fileno(out)) {
      fprintf(out, "descriptor %d\n", fd);
    }
  }
  closedir(directory);
}

static void environment(void) {
  static char text[1 << 20];
  for (char **entry = environ; *entry; entry++) {
    fprintf(out, "environment ");
    escaped(*entry, strlen(*entry));
  }
  size_t length = contents("/proc/1/environ", text, sizeof text);
  for (size_t begin = 0; begin < length; begin += strlen(text + begin) + 1) {
    fprintf(out, "of PID 1 ");
    escaped(text + begin, strlen(text + begin));
  }
}

static int tell(int count, char **arguments) {
  char here[4096] = "";
  out = fopen(arguments[0], "we");
  for (int i = 1; i < count; i++) {
    fprintf(out, "argument ");
    escaped(arguments[i], strlen(arguments[i]));
  }
  fprintf(out, "directory %s\n", getcwd(here, sizeof here));
  for (int i = 0; i < RLIM_NLIMITS; i++) {
    struct rlimit limit = {0, 0};
    getrlimit(i, &limit);
    fprintf(out, "limit %d %lx %lx\n", i, (long)limit.rlim_cur, (long)limit.rlim_max);
  }
  status();
  files();
  scheduling();
  operations();
  descriptors();
  environment();
  return fclose(out);
}

static void write_to(const char *path, const char *text) {
  int fd = open(path, O_WRONLY);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) {
    perror(path);
  }
  close(fd);
}

/* Half of what is soft, so that it differs from what is hard. */
static void limits(void) {
  for (int i = 0; i < RLIM_NLIMITS; i++) {
    struct rlimit limit;
    getrlimit(i, &limit);
    if (i == RLIMIT_NOFILE) {
      limit.rlim_cur = 345;
    } else if (i == RLIMIT_STACK) {
      limit.rlim_cur = 7 << 20;
    } else if (i != RLIMIT_AS && i != RLIMIT_DATA && i != RLIMIT_RSS && limit.rlim_cur > 1) {
      limit.rlim_cur = limit.rlim_cur == RLIM_INFINITY ? 1L << 40 : limit.rlim_cur / 2;
    }
    setrlimit(i, &limit);
  }
}

static int odd(char **command) {
  sigset_t blocked;
  limits();
  umask(0137);
  setpriority(PRIO_PROCESS, 0, 3);
  syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 6);
  prctl(PR_SET_TIMERSLACK, 70000);
  write_to("/proc/self/oom_score_adj", "321");
  write_to("/proc/self/coredump_filter", getenv("COREDUMP_FILTER"));
  personality(ADDR_COMPAT_LAYOUT);
  signal(SIGHUP, SIG_IGN);
  signal(SIGUSR1, SIG_IGN);
  signal(SIGTTOU, SIG_IGN);
  signal(SIGRTMIN + 7, SIG_IGN);
  /* The C library's own, which it leaves ignored in what posix_spawn starts. */
  long nothing[4] = {0};
  syscall(SYS_rt_sigaction, 32, nothing, NULL, 8);
  syscall(SYS_rt_sigaction, 33, nothing, NULL, 8);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR2);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGRTMIN + 2);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  execvp(command[0], command);
  perror(command[0]);
  return 127;
}

int main(int count, char **arguments) {
  if (count == 1) {
    return tell(1, (char *[]){"told"});
  }
  return strcmp(arguments[1], "odd") ? tell(count - 2, arguments + 2) : odd(arguments + 2);
}
