// What shells cannot do to an init, or not quickly enough.
//
//   torture crowd N            N processes that ignore TERM lose their parent
//   torture bomb N             processes that ignore TERM double until there are N, and lose theirs
//   torture write NAME LINES   lines that carry a number
//   torture refuse COMMAND...  a command without ptrace, pidfd_open and clone3
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void crowd(int count) {
  signal(SIGTERM, SIG_IGN);
  for (int i = 0; i < count; i++) {
    pid_t pid = fork();
    if (pid < 0) exit(printf("{\"error\":\"%s after %d\"}\n", strerror(errno), i) > 0);
    if (pid == 0) for (;;) pause();
  }
  printf("{\"crowd\":%d}\n", count);
}

static void bomb(int limit) {
  atomic_int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  signal(SIGTERM, SIG_IGN);
  if (fork() != 0) return;
  while (atomic_fetch_add(count, 1) < limit) fork(), usleep(2000);
  for (;;) pause();
}

static void write_lines(const char *name, int count) {
  char text[200];
  for (int i = 1; i <= count; i++) {
    int length = sprintf(text, "{\"%s\":%d}\n", name, i);
    if (write(1, text, length) != length) exit(1);
  }
}

#define REFUSE(call, error) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error)

static int refuse(char **command) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      REFUSE(SYS_ptrace, EPERM),
      REFUSE(SYS_pidfd_open, EPERM),
      REFUSE(SYS_clone3, ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 1;
  execvp(command[0], command);
  return 1;
}

int main(int argc, char **argv) {
  if (argc < 3) return 1;
  if (!strcmp(argv[1], "crowd")) crowd(atoi(argv[2]));
  if (!strcmp(argv[1], "bomb")) bomb(atoi(argv[2]));
  if (!strcmp(argv[1], "write")) write_lines(argv[2], atoi(argv[3]));
  if (!strcmp(argv[1], "refuse")) return refuse(argv + 2);
}
