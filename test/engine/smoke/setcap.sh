#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^user 0 may$'
