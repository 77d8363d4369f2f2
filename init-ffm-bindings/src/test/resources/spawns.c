/*
 * Starts a program as Gatun does, with the same calls in the same order, from a process that blocks all
 * signals and ignores HUP; the program shows its own state and its working directory. (What the shell
 * blocks while it waits for a program says nothing: the program itself is asked.)
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  signal(SIGHUP, SIG_IGN);
  sigset_t all, none, own = {0};
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  sigemptyset(&none);
  *(unsigned long *) &own = ~*(unsigned long *) &all;

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &own);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  posix_spawn_file_actions_adddup2(&actions, nothing, 0);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_addchdir_np(&actions, "/proc/self");

  char *words[] = {
      "sh",
      "-c",
      "grep -E '^Sig(Blk|Ign)' /proc/self/status; readlink fd/0; cd -P .; [ $PWD = /proc/$$ ]; echo $?;"
      " [ $(cut -d' ' -f6 stat) = $$ ]; echo $?",
      0};
  char *variables[] = {"PATH=/usr/bin:/bin", 0};
  pid_t pid = 0, missing = 0;
  int failed = posix_spawn(&missing, "/no/such/program", &actions, &attributes, words, variables);
  printf("error %d\n", failed);
  fflush(stdout);
  if (posix_spawn(&pid, "/bin/sh", &actions, &attributes, words, variables) != 0) {
    return 1;
  }
  siginfo_t info = {0};
  waitid(P_PID, pid, &info, WEXITED);
  printf("pid %d, status %d, code %d\n", info.si_pid == pid, info.si_status, info.si_code);
  return 0;
}
