// drain COUNT: reads until COUNT lines have come, and ends.
#include <stdlib.h>
#include <unistd.h>

static char buffer[1 << 18];

// In pieces whose sum fits a byte, which compilers turn into vector code.
static long newlines(const char *from, size_t length) {
  long sum = 0;
  for (size_t at = 0; at < length;) {
    unsigned char piece = 0;
    for (size_t end = at + 128 < length ? at + 128 : length; at < end; at++) piece += from[at] == '\n';
    sum += piece;
  }
  return sum;
}

int main(int argc, char **argv) {
  long left = argc > 1 ? atol(argv[1]) : 0;
  for (ssize_t count; left > 0 && (count = read(0, buffer, sizeof buffer)) > 0;) left -= newlines(buffer, count);
  return left > 0;
}
