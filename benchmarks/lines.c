// lines COUNT SIZE json|text STAY FIFO READY: writes COUNT lines of SIZE bytes in writes of 64 KiB, once
// somebody opens FIFO; makes the file READY.PID when it waits for that. STAY 1: then waits for a signal.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char buffer[65536 + 65536];

static void writeAll(const char *from, size_t length) {
  while (length > 0) {
    ssize_t count = write(1, from, length);
    if (count < 0) _exit(1);
    from += count;
    length -= count;
  }
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  long count = atol(argv[1]);
  size_t size = atol(argv[2]);
  int json = argv[3][0] == 'j', stay = argv[4][0] == '1';
  char ready[4096];
  snprintf(ready, sizeof ready, "%s.%d", argv[6], getpid());
  close(open(ready, O_CREAT | O_WRONLY, 0600));
  if (size < 40 || size > 65536 || open(argv[5], O_RDONLY) < 0) return 1;
  size_t filled = 0;
  for (long i = 0; i < count; i++) {
    char *line = buffer + filled;
    int head = sprintf(line, json ? "{\"n\":%ld,\"text\":\"" : "n=%ld ", i);
    memset(line + head, 'x', size - head - 1);
    if (json) memcpy(line + size - 3, "\"}", 2);
    line[size - 1] = '\n';
    filled += size;
    if (filled >= 65536) {
      writeAll(buffer, 65536);
      filled -= 65536;
      memmove(buffer, buffer + 65536, filled);
    }
  }
  writeAll(buffer, filled);
  while (stay) pause();
  return 0;
}
