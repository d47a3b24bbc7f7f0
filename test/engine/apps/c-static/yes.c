#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words) {
  for (int left = count > 1 ? atoi(words[1]) : 1; left > 0; left--) puts("yes");
  return 0;
}
