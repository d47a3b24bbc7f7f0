#include <stdio.h>

int main(void) {
  puts("still beating");
  return 0;
}
