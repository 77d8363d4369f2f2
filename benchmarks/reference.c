// reference json|plain NAME: what stamping lines costs at least, in one loop of plain C: one read, memchr,
// two memcpy a line, one clock a read, one write. No long lines, no checks, no back-pressure, no shutdown.
// Appends its CPU time in microseconds to the file in CPU_FILE.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define READ 65536
static char in[2 * READ], out[1 << 20];

static void writeAll(size_t length) {
  for (size_t done = 0; done < length;) {
    ssize_t count = write(1, out + done, length - done);
    if (count < 0) _exit(1);
    done += count;
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int json = argv[1][0] == 'j';
  size_t have = 0;
  for (ssize_t count; (count = read(0, in + have, READ)) > 0;) {
    struct timespec now;
    struct tm utc;
    char stamp[32], mark[256];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t length = strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(stamp + length, sizeof stamp - length, ".%03ldZ", now.tv_nsec / 1000000);
    size_t marked = json ? sprintf(mark, ",\"service\":\"%s\",\"stage\":\"run\",\"logged\":\"%s\"}\n", argv[2], stamp)
                         : sprintf(mark, "%s %s/run: ", stamp, argv[2]);
    have += count;
    char *line = in, *end = in + have, *to = out;
    for (char *newline; (newline = memchr(line, '\n', end - line)); line = newline + 1) {
      size_t bytes = newline - line;
      if (to + bytes + marked + 1 > out + sizeof out) writeAll(to - out), to = out;
      if (!json) memcpy(to, mark, marked), to += marked;
      memcpy(to, line, json ? bytes - 1 : bytes + 1), to += json ? bytes - 1 : bytes + 1;
      if (json) memcpy(to, mark, marked), to += marked;
    }
    have = end - line;
    if (have > READ) return 1;
    memmove(in, line, have);
    writeAll(to - out);
  }
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  char text[32];
  int digits = sprintf(text, "%ld\n", (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000L + used.ru_utime.tv_usec + used.ru_stime.tv_usec);
  const char *file = getenv("CPU_FILE");
  int fd = file ? open(file, O_CREAT | O_APPEND | O_WRONLY, 0600) : -1;
  return fd < 0 || write(fd, text, digits) == digits ? 0 : 1;
}
