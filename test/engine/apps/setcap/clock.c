/* Says whether it may open a raw socket: only with its file capability, for it runs as nobody. */
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  printf("user %d %s\n", (int)getuid() == 0, raw < 0 ? "may not" : "may");
  return raw < 0;
}
