/*
 * Leaves orphans behind and ends: orphans CODE [COUNT [MILLIS [CODE_OF_ORPHANS]]]
 * A code over 255 is a signal that the process sends itself, which makes 256 less of it.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static void end(int code) {
  if (code > 255) {
    signal(code - 256, SIG_DFL);
    raise(code - 256);
  }
  _exit(code);
}

static int number(int argc, char **argv, int index, int otherwise) {
  return argc > index ? atoi(argv[index]) : otherwise;
}

int main(int argc, char **argv) {
  int code = number(argc, argv, 1, 0);
  int count = number(argc, argv, 2, 1);
  int millis = number(argc, argv, 3, 0);
  int orphans_code = number(argc, argv, 4, 77);
  for (int i = 0; i < count; i++) {
    if (fork() == 0) {
      struct timespec pause = {millis / 1000, millis % 1000 * 1000000L};
      prctl(PR_SET_NAME, "an orphan");
      nanosleep(&pause, NULL);
      end(orphans_code);
    }
  }
  end(code);
}
