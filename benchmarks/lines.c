// lines COUNT SIZE json|text|access STAY FIFO READY: writes COUNT lines of SIZE bytes in writes of 64 KiB, once
// somebody opens FIFO; makes the file READY.PID when it waits for that. STAY 1: then waits for a signal.
// The lines are made beforehand, and numbered modulo their number: to make them shall cost nothing.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK (1 << 19)
#define WRITE 65536

static void writeAll(const char *from, size_t length) {
  while (length > 0) {
    ssize_t count = write(1, from, length < WRITE ? length : WRITE);
    if (count < 0) _exit(1);
    from += count;
    length -= count;
  }
}

// A line of a web server's access log in the "combined" format; the agent fills it up.
static void accessLine(char *line, size_t size, long i) {
  int head = sprintf(line, "203.0.113.%ld - - [24/Nov/2026:10:20:%02ld +0000] \"GET /a/%05ld HTTP/1.1\" 200 %ld \"-\" \"", i % 256,
                     i % 60, i % 100000, 100 + i % 900);
  memset(line + head, 'x', size - head);
  line[size - 2] = '"';
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  long count = atol(argv[1]);
  size_t size = atol(argv[2]);
  int json = argv[3][0] == 'j', access = argv[3][0] == 'a', stay = argv[4][0] == '1';
  if (size < (access ? 128 : 64) || size > 65536) return 2;
  long made = BLOCK / size;
  char *block = malloc(made * size + 1);
  for (long i = 0; i < made; i++) {
    char *line = block + i * size;
    int head = sprintf(line, json ? "{\"n\":%ld,\"level\":\"INFO\",\"text\":\"" : "n=%ld level=INFO ", i);
    for (size_t j = head; j < size; j++) line[j] = "the quick brown fox jumps over the lazy dog "[(i + j) % 44];
    if (access) accessLine(line, size, i);
    if (json) memcpy(line + size - 3, "\"}", 2);
    line[size - 1] = '\n';
  }
  char ready[4096];
  snprintf(ready, sizeof ready, "%s.%d", argv[6], getpid());
  close(open(ready, O_CREAT | O_WRONLY, 0600));
  if (open(argv[5], O_RDONLY) < 0) return 1;
  for (; count > 0; count -= made) writeAll(block, (count < made ? count : made) * size);
  while (stay) pause();
  return 0;
}
