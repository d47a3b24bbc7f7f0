#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
start
fetch 8080 /one | expect '^/one: 1 on the shelf$'
fetch 8080 /two | expect '^/two: 2 on the shelf$'
