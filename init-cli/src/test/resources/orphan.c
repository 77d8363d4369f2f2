// A daemon that can tell whether it has been disturbed. Its argument says what it does meanwhile.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long millis(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static volatile int signals;
static void count(int signal) { signals++; }

/* All in registers, for some seconds; the same every time. */
static uint64_t rounds(uint64_t n) {
  uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
  double x = 1.0, y = 3.0;
  for (uint64_t i = 0; i < n; i++) {
    a += b ^ i, b = b * 31 + c, c ^= d << 3, d += e, e = e * 17 + f, f ^= g >> 5, g += h, h = h * 13 + a;
    x = x * 1.0000001 + y, y = y * 0.9999999;
  }
  return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ (uint64_t)x;
}

static void *busy(void *expected) {
  while (rounds(1000000) == *(uint64_t *)expected) {
  }
  printf("{\"damaged\":\"thread\"}\n");
  return NULL;
}

static unsigned char memory[1 << 20];
static unsigned sum(void) {
  unsigned s = 0;
  for (size_t i = 0; i < sizeof memory; i++) s = s * 31 + memory[i];
  return s;
}

/* Is killed when it makes a pipe. */
static int restrict_self(void) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pipe2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {4, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 1;
  sleep(3);
  return 0;
}

/* Children that die and execute others all the time. */
static void churn(void) {
  for (int i = 0; i < 10; i++) {
    if (fork() != 0) continue;
    srand(i);
    for (;;) {
      pid_t child = fork();
      if (child == 0) {
        usleep(rand() % 3000);
        if (rand() % 2) execl("/bin/true", "true", NULL);
        _exit(0);
      }
      waitpid(child, NULL, 0);
    }
  }
  sleep(3);
}

static void *speak(void *unused) {
  for (;;) {
    printf("{\"speaks\":%d}\n", getpid());
    sleep(1);
  }
  return unused;
}

int main(int argc, char **argv) {
  const char *what = argv[1];
  setvbuf(stdout, NULL, _IOLBF, 0);
  int ends[2];
  if (pipe(ends)) return 1;
  for (size_t i = 0; i < sizeof memory; i++) memory[i] = i * 7;
  unsigned before = sum();
  long begin = millis();
  int result = 0;
  errno = 0;
  struct timespec three = {3, 0};
  sigset_t mask, usr1;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, NULL);
  signal(SIGUSR1, count);
  if (!strcmp(what, "nanosleep")) result = nanosleep(&three, NULL);
  if (!strcmp(what, "absolute")) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 3;
    result = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  }
  if (!strcmp(what, "poll")) result = poll(NULL, 0, 3000);
  if (!strcmp(what, "ppoll")) {
    sigset_t none;
    sigemptyset(&none);
    result = ppoll(NULL, 0, &three, &none);
  }
  if (!strcmp(what, "select")) {
    struct timeval t = {3, 0};
    result = select(0, NULL, NULL, NULL, &t);
  }
  if (!strcmp(what, "epoll")) {
    struct epoll_event event;
    result = epoll_wait(epoll_create1(0), &event, 1, 3000);
  }
  if (!strcmp(what, "futex")) {
    int word = 0;
    result = syscall(SYS_futex, &word, FUTEX_WAIT, 0, &three, NULL, 0);
    if (errno == ETIMEDOUT) result = 0, errno = 0;
  }
  if (!strcmp(what, "sigtimedwait")) {
    sigset_t hup;
    sigemptyset(&hup);
    sigaddset(&hup, SIGHUP);
    result = sigtimedwait(&hup, NULL, &three);
    if (errno == EAGAIN) result = 0, errno = 0;
  }
  if (!strcmp(what, "alarms")) {
    // A handler runs a thousand times a second while a call waits.
    struct sigaction action = {.sa_handler = count, .sa_flags = SA_RESTART};
    struct itimerval often = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    if (fork() == 0) {
      nanosleep(&three, NULL);
      result = write(ends[1], "x", 1);
      _exit(0);
    }
    setitimer(ITIMER_REAL, &often, NULL);
    char c;
    result = read(ends[0], &c, 1) - 1;
    setitimer(ITIMER_REAL, &never, NULL);
    if (signals < 100) result = signals;
  }
  if (!strcmp(what, "read") || !strcmp(what, "wait")) {
    pid_t child = fork();
    if (child == 0) {
      nanosleep(&three, NULL);
      result = write(ends[1], "x", 1);
      _exit(0);
    }
    char c;
    result = !strcmp(what, "read") ? read(ends[0], &c, 1) - 1 : waitpid(child, NULL, 0) - child;
  }
  if (!strcmp(what, "sigsuspend")) {
    pid_t self = getpid();
    if (fork() == 0) {
      nanosleep(&three, NULL);
      kill(self, SIGUSR1);
      _exit(0);
    }
    sigset_t none;
    sigemptyset(&none);
    result = sigsuspend(&none);
    if (errno == EINTR && signals == 1) result = 0, errno = 0;
  }
  if (!strcmp(what, "busy") || !strcmp(what, "threads")) {
    uint64_t expected = rounds(1000000);
    pthread_t thread;
    for (int i = 0; !strcmp(what, "threads") && i < 4; i++) pthread_create(&thread, NULL, busy, &expected);
    while (millis() - begin < 3000)
      if (rounds(1000000) != expected) result = 1;
  }
  if (!strcmp(what, "vfork")) {
    // Cannot be stopped before the child is gone.
    pid_t child = vfork();
    if (child == 0) {
      sleep(atoi(argv[2]));
      _exit(0);
    }
    result = waitpid(child, NULL, 0) - child;
  }
  if (!strcmp(what, "restricted")) result = restrict_self();
  if (!strcmp(what, "churn")) churn();
  if (!strcmp(what, "headless")) {
    pthread_t thread;
    pthread_create(&thread, NULL, speak, NULL);
    pthread_exit(NULL);
  }
  if (!strcmp(what, "closes")) {
    nanosleep(&three, NULL);
    close(1), close(2);
    for (;;) pause();
  }
  int error = errno;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  int blocked = 0;
  for (int i = 1; i < 65; i++) blocked += sigismember(&mask, i) == 1;
  printf("{\"%s\":%ld,\"result\":%d,\"errno\":%d,\"same\":%d,\"blocked\":%d}\n", what, millis() - begin,
         result, error, before == sum(), blocked == 1 && sigismember(&mask, SIGUSR1));
  if (!strcmp(what, "vfork")) speak(NULL);
  for (;;) pause();
}
