#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <time.h>

int main(void) {
  char name[64];
  time_t first = 0;
  setlocale(LC_ALL, "");
  bindtextdomain("day", "/usr/local/share/locale");
  textdomain("day");
  strftime(name, sizeof name, "%A", gmtime(&first));
  printf("%s %s, %.1f\n", gettext("It began on"), name, 1.5);
  return 0;
}
