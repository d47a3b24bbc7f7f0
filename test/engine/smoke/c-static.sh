#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
[ "$(once | grep -c '^yes$')" = 3 ]
