// container COMMAND...: runs COMMAND as the first process of a pid namespace of its own and prints its pid as seen
// from outside. A number on standard input is the signal that COMMAND then gets, 0 none, and the end of input KILL.
// When COMMAND has ended, it prints the times of its exec, of the signal and of its end (nanoseconds of the monotonic
// clock), the CPU time of COMMAND and of all that it waited for (microseconds), and its wait status.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static long micros(struct timeval time) { return time.tv_sec * 1000000L + time.tv_usec; }

static void become(char **command, long *started) {
  int null = open("/dev/null", O_RDWR);
  dup2(null, 0);
  dup2(null, 1);
  close(null);
  if (mount("proc", "/proc", "proc", 0, 0) != 0) perror("container: mount /proc");
  *started = now();
  execvp(command[0], command);
  perror(command[0]);
  _exit(127);
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  long *started = mmap(0, sizeof *started, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (started == MAP_FAILED || unshare(CLONE_NEWPID | CLONE_NEWNS) != 0 || mount("", "/", 0, MS_REC | MS_PRIVATE, 0) != 0)
    return perror("container: cannot make namespaces"), 1;
  pid_t pid = fork();
  if (pid < 0) return perror("container: fork"), 1;
  if (pid == 0) become(argv + 1, started);
  printf("%d\n", pid);
  fflush(stdout);
  int signal = SIGKILL, status;
  if (scanf("%d", &signal) != 1) signal = SIGKILL;
  long told = now();
  kill(pid, signal);
  struct rusage usage;
  if (wait4(pid, &status, 0, &usage) != pid) return perror("container: wait4"), 1;
  printf("%ld %ld %ld %ld %d\n", *started, told, now(), micros(usage.ru_utime) + micros(usage.ru_stime), status);
}
