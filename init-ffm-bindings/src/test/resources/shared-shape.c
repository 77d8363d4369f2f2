/*
 * Calls the C library's variadic functions, and those with narrow arguments, as the one downcall handle
 * does: through a pointer to a function of six longs. Says what went wrong, or "ok".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

typedef long (*shape)(long, long, long, long, long, long);

/* What is in the upper half of a register must not matter where the parameter is an int. */
#define DIRT (0x5a5a5a5aL << 32)
#define CALL(f, a, b, c, d, e, g) \
  call((void *) (f), (long) (a), (long) (b), (long) (c), (long) (d), (long) (e), (long) (g))

/* Out of the compiler's sight, which would else see that the types do not agree. */
__attribute__((noinline)) static long call(
    void *function, long a, long b, long c, long d, long e, long f) {
  return ((shape) function)(a, b, c, d, e, f);
}

static void expect(const char *what, int holds) {
  if (!holds) {
    printf("%s: errno %d\n", what, errno);
    exit(1);
  }
}

static void files(const char *directory) {
  struct stat status;
  umask(0);
  expect("chdir", chdir(directory) == 0);
  int file = (int) CALL(open, "opened", DIRT | O_CREAT | O_RDWR, 0640, 0, 0, 0);
  expect("open", file >= 0 && fstat(file, &status) == 0 && (status.st_mode & 0777) == 0640);
  int other = (int) CALL(openat, AT_FDCWD, "openedat", O_CREAT | O_WRONLY, 0604, 0, 0);
  expect("openat", other >= 0 && fstat(other, &status) == 0 && (status.st_mode & 0777) == 0604);
  expect("fcntl", (int) CALL(fcntl, DIRT | file, F_SETFD, FD_CLOEXEC, 0, 0, 0) == 0);
  expect("fcntl's effect", fcntl(file, F_GETFD) == FD_CLOEXEC);
  expect("an error", (int) CALL(open, "opened", O_CREAT | O_EXCL, 0, 0, 0, 0) == -1);
  expect("its number", errno == EEXIST);
}

static void terminal(void) {
  struct winsize size = {.ws_row = 33, .ws_col = 44}, seen;
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  expect("posix_openpt", master >= 0);
  expect("ioctl", (int) CALL(ioctl, master, TIOCSWINSZ, &size, 0, 0, 0) == 0);
  expect("ioctl's effect", ioctl(master, TIOCGWINSZ, &seen) == 0 && seen.ws_col == 44);
}

static void process(void) {
  int is = 0;
  expect("prctl", (int) CALL(prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0, 0) == 0);
  expect("prctl's effect", prctl(PR_GET_CHILD_SUBREAPER, &is) == 0 && is == 1);
  char bytes[4] = {1, 1, 1, 1};
  long copied = CALL(syscall, SYS_getrandom, bytes, sizeof bytes, 0, 0, 0);
  expect("syscall", copied == sizeof bytes && memcmp(bytes, "\1\1\1\1", 4) != 0);

  static long word = 4711;
  int child = fork();
  if (child == 0) {
    for (;;) {
      pause();
    }
  }
  expect("ptrace", (int) CALL(ptrace, PTRACE_SEIZE, child, 0, PTRACE_O_TRACESYSGOOD, 0, 0) == 0);
  expect("ptrace again", (int) CALL(ptrace, PTRACE_INTERRUPT, child, 0, 0, 0, 0) == 0);
  expect("waitpid", waitpid(child, 0, __WALL) == child);
  expect("ptrace's result", CALL(ptrace, PTRACE_PEEKDATA, child, &word, 0, 0, 0) == 4711);
  kill(child, SIGKILL);
}

int main(int count, char **words) {
  files(words[1]);
  terminal();
  process();
  puts("ok");
  return 0;
}
