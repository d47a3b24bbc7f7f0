#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
start
fetch 3000 /16 | expect '^png 16x16$'
