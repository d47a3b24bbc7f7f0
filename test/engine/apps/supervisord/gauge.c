/* Writes a reading every second. */
#include <stdio.h>
#include <unistd.h>

int main(void) {
  for (int reading = 0;; reading++) {
    FILE *file = fopen("/run/gauge", "w");
    if (!file) { perror("gauge"); return 1; }
    fprintf(file, "reading %d\n", reading);
    fclose(file);
    sleep(1);
  }
}
