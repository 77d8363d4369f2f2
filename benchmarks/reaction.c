// reaction ticks MILLIS: prints a JSON line with the time every MILLIS; ends never.
// reaction read SECONDS: reads such lines among others for SECONDS; prints how many nanoseconds each took.
// reaction orphans MILLIS COUNT FILE: leaves an orphan that ends at once every MILLIS; appends to FILE how many
//   nanoseconds each was a zombie.
// reaction term FILE: appends the time of the TERM that ends it to FILE.
// reaction kill PID: prints the time, and sends TERM.
// Times are of the monotonic clock, in nanoseconds.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void append(const char *file, long value) {
  int fd = open(file, O_CREAT | O_APPEND | O_WRONLY, 0600);
  dprintf(fd, "%ld\n", value);
  close(fd);
}

static int ticks(long millis) {
  char line[64];
  for (;;) {
    int length = sprintf(line, "{\"tick\":%ld}\n", now());
    if (write(1, line, length) < 0) return 1;
    usleep(millis * 1000);
  }
}

static int readTicks(double seconds) {
  static char in[1 << 18];
  long until = now() + seconds * 1e9;
  size_t have = 0;
  while (now() < until) {
    ssize_t count = read(0, in + have, sizeof in - have);
    if (count <= 0) return 1;
    long then = now();
    char *line = in, *end = in + have + count, *newline;
    for (; (newline = memchr(line, '\n', end - line)); line = newline + 1)
      if (memcmp(line, "{\"tick\":", 8) == 0) printf("%ld\n", then - atol(line + 8));
    have = end - line;
    memmove(in, line, have);
  }
  return 0;
}

struct shared {
  volatile int pid;
  volatile long ended;
};

static int orphans(long millis, long count, const char *file) {
  struct shared *shared = mmap(0, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (long i = 0; i < count; i++) {
    usleep(millis * 1000);
    memset(shared, 0, sizeof *shared);
    pid_t parent = fork();
    if (parent == 0) {
      pid_t me = getpid();
      if (fork() != 0) _exit(0);
      while (getppid() == me) usleep(100);
      shared->pid = getpid();
      shared->ended = now();
      _exit(0);
    }
    waitpid(parent, 0, 0);
    while (!shared->ended) usleep(50);
    while (kill(shared->pid, 0) == 0) usleep(50);
    append(file, now() - shared->ended);
  }
  for (;;) pause();
}

static int term(const char *file) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigprocmask(SIG_BLOCK, &set, 0);
  while (sigwaitinfo(&set, 0) < 0 && errno == EINTR) {
  }
  append(file, now());
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "ticks") == 0) return ticks(atol(argv[2]));
  if (argc == 3 && strcmp(argv[1], "read") == 0) return readTicks(atof(argv[2]));
  if (argc == 5 && strcmp(argv[1], "orphans") == 0) return orphans(atol(argv[2]), atol(argv[3]), argv[4]);
  if (argc == 3 && strcmp(argv[1], "term") == 0) return term(argv[2]);
  if (argc == 3 && strcmp(argv[1], "kill") == 0) return printf("%ld\n", now()), fflush(stdout), kill(atoi(argv[2]), SIGTERM);
  return 2;
}
