#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
again=$(docker create "$IMAGE")
docker start --attach "$again" | expect '^started as keeper times 1$'
docker start --attach "$again" | expect '^started as keeper times 2$'
docker rm -f "$again" >/dev/null
