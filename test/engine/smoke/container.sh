# Sourced by the smoke test of an application; $1 is the image. Everything stays inside the container's own network.
set -euo pipefail
IMAGE=$1
CONTAINER=
trap '[ -z "$CONTAINER" ] || docker rm --force --volumes "$CONTAINER" >/dev/null' EXIT

# Reads standard input and ends the test where no line matches.
expect() {
  local text
  text=$(cat)
  grep -qE -- "$1" <<<"$text" || {
    echo "expected $1, got: ${text:0:300}" >&2
    exit 1
  }
}
# Runs the image to its end.
once() { docker run --rm "$IMAGE" "$@"; }
# Starts the image and leaves it running.
start() { CONTAINER=$(docker run --detach "$IMAGE" "$@"); }
inside() { docker exec "$CONTAINER" "$@"; }
output() { docker logs "$CONTAINER" 2>&1; }
# Asks a server inside the container for a path. It is asked from a container beside it: the image may have no client.
fetch() {
  docker run --rm --network "container:$CONTAINER" --entrypoint bash debian:bookworm -c '
    for _ in $(seq 100); do
      if exec 3<>"/dev/tcp/127.0.0.1/$1"; then
        printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$2" >&3
        sed "1,/^\r\$/d" <&3
        exit
      fi 2>/dev/null
      sleep .1
    done
    exit 1' - "$1" "$2"
}
