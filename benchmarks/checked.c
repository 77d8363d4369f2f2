// checked write ID COUNT FIFO READY SUMS: writes COUNT JSON lines of 40 to 200 bytes with the id and a number,
//   once somebody opens FIFO, and appends "ID COUNT CHECKSUM" to the file SUMS; then waits for a signal.
// checked read SERVICES COUNT SEED: takes the stamps off what comes from the services s0, s1..., pausing at
//   random, until COUNT lines of each have come, and prints "ID COUNT CHECKSUM" of each. Fails at a line that
//   is not whole, not in order or not stamped.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SERVICES 64
#define LONGEST 4096
#define TIME 24

static uint64_t sum(uint64_t before, const char *line, size_t length) {
  uint64_t hash = before ^ length;
  for (; length >= 8; line += 8, length -= 8) {
    uint64_t word;
    memcpy(&word, line, 8);
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  for (; length > 0; length--) hash = (hash ^ (unsigned char)*line++) * 0x100000001b3u;
  return hash;
}

static uint64_t random_(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}

static int writeLines(char **argv) {
  static char out[1 << 16];
  const char *text = "the quick brown fox jumps over the lazy dog, and the lazy dog does not mind at all what "
                     "the fox, the quick one and the brown one, does over there, over here or anywhere, ever";
  size_t texts = strlen(text), filled = 0;
  long id = atol(argv[2]), count = atol(argv[3]);
  uint64_t state = 88172645463325252u + id, checksum = 0;
  char ready[LONGEST];
  snprintf(ready, sizeof ready, "%s.%d", argv[5], getpid());
  close(open(ready, O_CREAT | O_WRONLY, 0600));
  if (open(argv[4], O_RDONLY) < 0) return 1;
  for (long n = 0; n < count; n++) {
    char *line = out + filled;
    size_t length = sprintf(line, "{\"id\":%ld,\"n\":%ld,\"text\":\"", id, n), more = random_(&state) % (texts - 20);
    memcpy(line + length, text + random_(&state) % 20, more);
    length += more;
    memcpy(line + length, "\"}\n", 3);
    checksum = sum(checksum, line, length + 1);
    filled += length + 3;
    if (filled > sizeof out - 512 || n == count - 1) {
      for (size_t done = 0; done < filled;) {
        ssize_t written = write(1, out + done, filled - done);
        if (written < 0) return 1;
        done += written;
      }
      filled = 0;
    }
  }
  int sums = open(argv[6], O_CREAT | O_APPEND | O_WRONLY, 0600);
  dprintf(sums, "%ld %ld %016lx\n", id, count, (unsigned long)checksum);
  for (;;) pause();
}

static long services, each, left, next[SERVICES];
static uint64_t sums[SERVICES];

static int bad(const char *what, const char *line, size_t length) {
  fprintf(stderr, "checked: %s: %.*s\n", what, (int)(length < 300 ? length : 300), line);
  return 1;
}

// LINE","service":"sN","stage":"run","logged":"TIME"}
static int takeLine(const char *line, size_t length) {
  char stamp[128];
  char *end;
  long id = length > 8 && memcmp(line, "{\"id\":", 6) == 0 ? strtol(line + 6, &end, 10) : -1;
  if (id < 0 || id >= services || memcmp(end, ",\"n\":", 5) != 0) return bad("not a line of ours", line, length);
  if (strtol(end + 5, &end, 10) != next[id]) return bad("not in order", line, length);
  size_t stamped = sprintf(stamp, ",\"service\":\"s%ld\",\"stage\":\"run\",\"logged\":\"", id);
  size_t all = stamped + TIME + 2;
  if (length < all || memcmp(line + length - all, stamp, stamped) != 0 || memcmp(line + length - 2, "\"}", 2) != 0)
    return bad("not stamped", line, length);
  sums[id] = sum(sums[id], line, length - all);
  next[id]++;
  left--;
  return 0;
}

static void pauseAtRandom(uint64_t *state) {
  uint64_t chance = random_(state) % 4096;
  if (chance == 0) usleep(500000 + random_(state) % 1000000);
  else if (chance < 24) usleep(random_(state) % 60000);
}

static int readLines(char **argv) {
  static char in[1 << 18];
  uint64_t state = 1 + strtoul(argv[4], 0, 10);
  services = atol(argv[2]);
  each = atol(argv[3]);
  left = services * each;
  size_t have = 0;
  while (left > 0) {
    pauseAtRandom(&state);
    ssize_t count = read(0, in + have, sizeof in - have);
    if (count <= 0) return bad("the output ends", in, have);
    char *line = in, *end = in + have + count, *newline;
    for (; (newline = memchr(line, '\n', end - line)); line = newline + 1)
      if (takeLine(line, newline - line)) return 1;
    have = end - line;
    memmove(in, line, have);
  }
  for (long id = 0; id < services; id++) printf("%ld %ld %016lx\n", id, next[id], (unsigned long)sums[id]);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 7 && strcmp(argv[1], "write") == 0) return writeLines(argv);
  if (argc == 5 && strcmp(argv[1], "read") == 0 && atol(argv[2]) <= SERVICES) return readLines(argv);
  return 2;
}
