// What churns in a container that is soaked. Every line that is written is counted in memory that is
// shared with the test, and says what it must look like: so none can be lost, doubled or damaged
// unnoticed, whoever is killed when.
//
//   soak BLOCK SEED ROLE MANNER END
//
// ROLE: churn, flood, quiet, disable, log, term, orphan. MANNER, of bearing TERM: dies, writes, deaf.
// END, when the test says so: none, exit:N, signal:N, daemon:N (a daemon that exits with N).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SLOTS (1 << 18)
#define MAX_LONG 150000

enum { UP, WORK, QUIET, END };

struct slot {
  atomic_int lines[2];  // on stdout, on stderr
  int lone;             // nobody else writes into its pipes, so its lines may be long
  int unused;
};

static struct block {
  atomic_int phase, slots, up, lives_on, daemons, max_daemons, unused[10];
  struct slot slot[SLOTS];
} *block;

static const char *path;
static uint64_t state;
static int own = -1, lone;
static volatile sig_atomic_t told;

static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 33;
}

static uint32_t below(uint32_t bound) { return next() % bound; }

static uint32_t mix(uint32_t s, uint32_t i) {
  uint32_t x = s * 2654435761u ^ i * 2246822519u;
  x ^= x >> 15, x *= 2654435761u, x ^= x >> 13;
  return x;
}

static void write_all(int fd, const char *text, size_t length) {
  while (length > 0) {
    ssize_t count = write(fd, text, length);
    if (count < 0 && errno != EINTR) _exit(99);
    if (count > 0) text += count, length -= count;
  }
}

static void line(int fd) {
  static char text[MAX_LONG + 100];
  if (own < 0) {
    own = atomic_fetch_add(&block->slots, 1);
    if (own >= SLOTS) _exit(98);
    block->slot[own].lone = lone;
  }
  int i = block->slot[own].lines[fd - 1];
  uint32_t x = mix(own, i), length = lone && x % 400 == 0 ? (x >> 8) % MAX_LONG : (x >> 8) % 120;
  int at = sprintf(text, fd == 1 ? "{\"s\":%d,\"i\":%d,\"p\":\"" : "e %d %d ", own, i);
  memset(text + at, 'a' + x % 26, length);
  at += length;
  at += sprintf(text + at, fd == 1 ? "\"}\n" : "\n");
  write_all(fd, text, at);
  block->slot[own].lines[fd - 1] = i + 1;
}

static void lines(int count) {
  while (count-- > 0 && !told) line(1 + (below(5) == 0));
}

static void end_if_told(void) {
  if (!told) return;
  for (int i = 0; i < 5; i++) line(1), line(2);
  _exit(0);
}

static void nap(uint32_t micros) {
  end_if_told();
  usleep(micros);
  end_if_told();
}

static void hear(int signal) { told = 1; }

static void bear_term(const char *manner) {
  struct sigaction action = {.sa_handler = SIG_DFL, .sa_flags = SA_RESTART};
  if (!strcmp(manner, "writes")) action.sa_handler = hear;
  if (!strcmp(manner, "deaf")) action.sa_handler = SIG_IGN;
  sigaction(SIGTERM, &action, NULL);
}

static pid_t child(void) {
  uint64_t seed = next();
  pid_t pid = fork();
  if (pid < 0) _exit(97);
  if (pid == 0) state = seed * 2862933555777941757u + 1, own = -1, lone = 0, told = 0, bear_term("dies");
  return pid;
}

static void reap(pid_t pid) {
  while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) continue;
}

static void child_exits(void) {
  pid_t pid = child();
  if (pid == 0) {
    lines(below(5));
    _exit(below(256));
  }
  reap(pid);
}

static void child_is_killed(void) {
  static const int signals[] = {SIGKILL, SIGTERM, SIGSEGV, SIGABRT, SIGHUP};
  pid_t pid = child();
  if (pid == 0) {
    lines(3);
    for (;;) lines(1), usleep(500);
  }
  nap(below(3000));
  kill(pid, signals[below(5)]);
  nap(below(1000));
  // The first may have come before it had bidden farewell to its parent's handlers.
  kill(pid, SIGKILL);
  reap(pid);
}

static void child_forks(void) {
  pid_t pid = child();
  if (pid == 0) {
    for (int i = below(5); i >= 0; i--) {
      if (child() == 0) {
        lines(below(20));
        _exit(0);
      }
    }
    while (wait(NULL) > 0) continue;
    _exit(0);
  }
  reap(pid);
}

/* They have ended when they lose their parent. */
static void leaves_zombies(void) {
  pid_t pid = child();
  if (pid == 0) {
    int ends[2];
    char c;
    if (pipe(ends)) _exit(96);
    for (int i = below(10); i >= 0; i--) {
      if (child() == 0) {
        lines(below(2));
        _exit(below(256));
      }
    }
    close(ends[1]);
    while (read(ends[0], &c, 1) > 0) continue;
    _exit(0);
  }
  reap(pid);
}

static void child_stops(void) {
  pid_t pid = child();
  if (pid == 0) {
    raise(SIGSTOP);
    lines(2);
    _exit(0);
  }
  int status;
  while (waitpid(pid, &status, WUNTRACED) < 0 && errno == EINTR) continue;
  nap(below(3000));
  kill(pid, SIGCONT);
  reap(pid);
}

static void stops_itself(void) {
  pid_t parent = getpid(), pid = child();
  if (pid == 0) {
    // Until it is killed: a first one may come before the stop.
    for (usleep(below(20000)); getppid() == parent; usleep(5000)) kill(parent, SIGCONT);
    _exit(0);
  }
  raise(SIGSTOP);
  kill(pid, SIGKILL);
  reap(pid);
}

static void live_for_a_while(int millis) {
  while (millis > 0 && block->phase < QUIET) {
    int pause = 1 + below(20);
    lines(1);
    usleep(pause * 1000);
    millis -= pause;
  }
  _exit(below(256));
}

/* To the end, and its end is the container's: for policy adopt. */
static void live_on(int code) {
  while (block->phase < QUIET) lines(1), usleep(below(20000));
  close(1), close(2);
  while (code < 0 || block->phase < END) usleep(10000);
  _exit(code);
}

static void live_as_orphan(void) {
  char seed[20];
  snprintf(seed, sizeof seed, "%u", next());
  switch (below(6)) {
    case 0:
      bear_term("deaf");
      break;
    case 1:
      raise(SIGSTOP);
      break;
    case 2:
      execl("/proc/self/exe", "soak-again", path, seed, "orphan", "dies", "none", NULL);
      _exit(95);
    case 3:
      for (int i = below(3); i >= 0; i--)
        if (child() == 0) live_for_a_while(below(2000));
      break;
  }
  live_for_a_while(below(3000));
}

static void leaves_daemon(int code) {
  if (block->lives_on && code < 0 && atomic_fetch_add(&block->daemons, 1) >= block->max_daemons) return;
  pid_t pid = child();
  if (pid == 0) {
    setsid();
    if (child() == 0) {
      if (block->lives_on) live_on(code);
      live_as_orphan();
    }
    _exit(0);
  }
  reap(pid);
}

static void churn(void) {
  switch (below(16)) {
    case 0: case 1: child_exits(); break;
    case 2: case 3: child_is_killed(); break;
    case 4: case 5: child_forks(); break;
    case 6: case 7: leaves_zombies(); break;
    case 8: child_stops(); break;
    case 9: stops_itself(); break;
    case 10: case 11: leaves_daemon(-1); break;
    case 12: lines(100 + below(3000)); break;
    default: lines(below(50)); break;
  }
}

static void relay(const char *end) {
  static char text[65536];
  struct pollfd in = {0, POLLIN, 0};
  atomic_fetch_add(&block->up, 1);
  for (;;) {
    if (poll(&in, 1, 20) > 0) {
      ssize_t count = read(0, text, sizeof text);
      if (count <= 0) _exit(0);
      write_all(1, text, count);
    } else if (block->phase >= END && !strncmp(end, "exit:", 5)) {
      _exit(atoi(end + 5));
    }
  }
}

static void end(const char *how) {
  int value = strchr(how, ':') ? atoi(strchr(how, ':') + 1) : -1;
  if (!strncmp(how, "exit:", 5)) {
    lines(3);
    _exit(value);
  }
  if (!strncmp(how, "signal:", 7)) {
    bear_term("dies");
    lines(3);
    kill(getpid(), value);
  }
  for (;;) nap(100000);
}

int main(int argc, char **argv) {
  const char *role = argv[3];
  struct rlimit no_core = {0, 0};
  path = argv[1];
  state = strtoull(argv[2], NULL, 10);
  setrlimit(RLIMIT_CORE, &no_core);
  int file = open(path, O_RDWR | O_CLOEXEC);
  block = mmap(NULL, sizeof *block, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (file < 0 || block == MAP_FAILED || argc != 6) return 94;
  close(file);
  if (!strcmp(role, "orphan")) live_for_a_while(below(3000));
  if (!strcmp(role, "log")) relay(argv[5]);
  if (!strcmp(role, "term")) {
    lines(3);
    kill(atoi(getenv("DINIT_PID")), below(2) ? SIGTERM : SIGKILL);
    return 0;
  }
  lone = !strcmp(role, "flood");
  bear_term(argv[4]);
  line(1), line(2);
  atomic_fetch_add(&block->up, 1);
  if (!strcmp(role, "disable")) return 115;
  while (block->phase < WORK) nap(2000);
  if (!strncmp(argv[5], "daemon:", 7)) leaves_daemon(atoi(argv[5] + 7));
  while (block->phase < QUIET) {
    if (lone) lines(100 + below(5000));
    if (!strcmp(role, "churn")) churn();
    nap(below(20000));
  }
  while (block->phase < END) nap(10000);
  end(argv[5]);
}
